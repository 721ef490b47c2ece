package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracingKeysTest {
    @TempDir
    private Path folder;

    private static ConfigOutcome read(List<String> flags, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("BRR_SPEC", "openapi.yaml");
        all.putIfAbsent("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
        return RuntimeConfig.read(flags, all);
    }

    private static TracingSettings settings(ConfigOutcome outcome) {
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        return ((ConfigOutcome.Usable) outcome)
                .config()
                .observability()
                .tracing()
                .orElseThrow();
    }

    @Test
    void theVariablesOfOpenTelemetryAreUnderstood() {
        // when
        TracingSettings settings = settings(read(
                List.of(),
                Map.of(
                        "OTEL_EXPORTER_OTLP_HEADERS",
                        "api-key=a%2Cb, x-team=pets",
                        "OTEL_RESOURCE_ATTRIBUTES",
                        "deployment.environment.name=prod,team=a%20b",
                        "OTEL_EXPORTER_OTLP_COMPRESSION",
                        "gzip",
                        "OTEL_SERVICE_NAME",
                        "pets")));

        // then
        assertThat(settings.headers()).isEqualTo(Map.of("api-key", "a,b", "x-team", "pets"));
        assertThat(settings.resourceAttributes())
                .isEqualTo(Map.of("deployment.environment.name", "prod", "team", "a b"));
        assertThat(settings.compression()).isEqualTo(TracingSettings.Compression.GZIP);
        assertThat(settings.serviceName()).isEqualTo("pets");
        assertThat(settings.samplePercent()).isEqualTo(100);
    }

    @Test
    void headersAreReadFromAFile() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("headers"), "api-key=s3cret\nx-team=pets\n");

        // then
        assertThat(settings(read(List.of(), Map.of("BRR_TRACING_HEADERS_FILE", file.toString())))
                        .headers())
                .isEqualTo(Map.of("api-key", "s3cret", "x-team", "pets"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "=s3cret", "a b=s3cret", "key=s3cret%zz", "key=s3cret%0d%0aX: 1", "a=1,s3cret"})
    void headersThatAreNoneAreNamedByTheirVariableAlone(String headers) {
        // when
        ConfigOutcome outcome = read(List.of(), Map.of("OTEL_EXPORTER_OTLP_HEADERS", headers));

        // then
        assertThat(outcome).isInstanceOf(ConfigOutcome.Refused.class);
        assertThat(outcome.toString())
                .contains("OTEL_EXPORTER_OTLP_HEADERS", "name=value")
                .doesNotContain("s3cret");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        // when
        ConfigOutcome outcome = read(List.of(), Map.of("BRR_TRACING_HEADERS_FILE", "/nowhere/headers"));

        // then
        assertThat(outcome.toString()).contains("/nowhere/headers", "cannot be read");
    }

    @Test
    void keysOfACollectorAreShownNowhere() {
        // given
        TracingSettings settings = settings(read(List.of(), Map.of("OTEL_EXPORTER_OTLP_HEADERS", "api-key=s3cret")));

        // then
        assertThat(settings.toString()).contains("api-key").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"101", "-1", "half"})
    void thePercentageHasBounds(String percent) {
        // then
        assertThat(read(List.of("--tracing-sample-percent", percent), Map.of()))
                .isInstanceOf(ConfigOutcome.Refused.class);
    }

    @Test
    void aMistakeIsNamedThoughNothingIsTraced() {
        // when
        ConfigOutcome outcome = RuntimeConfig.read(List.of("--tracing-compression", "zip"), Map.of());

        // then
        assertThat(outcome.toString()).contains("--tracing-compression", "none, gzip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a=1,b=2 | a=1,b=2", "b=x%20y , a=1 | a=1,b=x%20y", "a=1+2 | a=1%2B2", "a= | a=", "a=b=c | a=b%3Dc"
            })
    void pairsAreWrittenAsTheyAreRead(String text, String written) {
        // then
        assertThat(KeyValues.write(Objects.requireNonNull(KeyValues.read(text))))
                .isEqualTo(written);
    }
}

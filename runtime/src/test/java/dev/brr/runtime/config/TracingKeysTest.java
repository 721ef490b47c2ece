package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.tracing.Sampler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
        assertThat(settings.sampler()).isEqualTo(Sampler.ALL);
        assertThat(settings.endpoint()).isEqualTo(URI.create("http://collector:4318/v1/traces"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, http://traces/otlp?, http://c/otlp, refused",
                "-, -, http://traces, http://c/otlp, http://traces",
                "-, -, https://traces/spans/, http://c, https://traces/spans/",
                "-, -, http://traces/spans, -, http://traces/spans",
                "-, -, -, http://c/otlp/, http://c/otlp/v1/traces",
                "-, http://ours, http://traces/spans, http://c, http://ours/v1/traces",
                "http://flag, -, http://traces/spans, http://c, http://flag/v1/traces",
                "http://flag, http://ours, http://traces/spans, -, http://flag/v1/traces",
            })
    void whereSpansGoIsSaidByTheClosest(String flag, String ours, String traces, String base, String endpoint) {
        // given
        Map<String, String> environment = new HashMap<>(Map.of("BRR_SPEC", "openapi.yaml"));
        put(environment, "BRR_TRACING_ENDPOINT", ours);
        put(environment, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", traces);
        put(environment, "OTEL_EXPORTER_OTLP_ENDPOINT", base);

        // when
        ConfigOutcome outcome =
                RuntimeConfig.read(flag == null ? List.of() : List.of("--tracing-endpoint", flag), environment);

        // then
        if (endpoint.equals("refused")) {
            assertThat(outcome.toString())
                    .contains("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: has to be an http or https URL");
        } else {
            assertThat(settings(outcome).endpoint()).isEqualTo(URI.create(endpoint));
        }
    }

    private static void put(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    @Test
    void theProtocolThatIsSpokenMayBeNamed() {
        // then
        assertThat(settings(read(List.of(), Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")))
                        .endpoint())
                .isEqualTo(URI.create("http://collector:4318/v1/traces"));
        assertThat(settings(read(
                                List.of(),
                                Map.of(
                                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                                        "grpc",
                                        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
                                        "http/json")))
                        .endpoint())
                .isEqualTo(URI.create("http://collector:4318/v1/traces"));
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_PROTOCOL, grpc",
        "OTEL_EXPORTER_OTLP_PROTOCOL, http/protobuf",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, grpc",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, HTTP/JSON",
    })
    void anotherProtocolIsRefusedWhereSpansAreSent(String variable, String protocol) {
        // then
        assertThat(read(List.of(), Map.of(variable, protocol)).toString())
                .contains(variable + ": has to be http/json", "4318", "not " + protocol);
    }

    @Test
    void whereNothingIsTracedTheVariablesOfOthersAreTheirs() {
        // when
        ConfigOutcome outcome = RuntimeConfig.read(
                List.of(),
                Map.of(
                        "BRR_SPEC",
                        "openapi.yaml",
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        "grpc",
                        "OTEL_TRACES_SAMPLER",
                        "xray",
                        "OTEL_TRACES_SAMPLER_ARG",
                        "none",
                        "OTEL_TRACES_EXPORTER",
                        "zipkin"));

        // then
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "always_on, -, 1, false",
                "always_on, 0.5, 1, false",
                "always_off, -, 0, false",
                "traceidratio, 0.25, 0.25, false",
                "traceidratio, -, 1, false",
                "traceidratio, 1e-4, 0.0001, false",
                "parentbased_always_on, -, 1, true",
                "parentbased_always_off, x, 0, true",
                "parentbased_traceidratio, 0, 0, true",
                "parentbased_traceidratio, 1, 1, true",
            })
    void theSamplersOfOpenTelemetryAreUnderstood(String sampler, String argument, double ratio, boolean callerDecides) {
        // given
        Map<String, String> environment = new HashMap<>(Map.of("OTEL_TRACES_SAMPLER", sampler));
        put(environment, "OTEL_TRACES_SAMPLER_ARG", argument);

        // then
        assertThat(settings(read(List.of(), environment)).sampler()).isEqualTo(new Sampler(ratio, callerDecides));
    }

    @ParameterizedTest
    @CsvSource({
        "jaeger_remote, 1, OTEL_TRACES_SAMPLER: has to be one of always_on",
        "ALWAYS_ON, 1, OTEL_TRACES_SAMPLER: has to be one of always_on",
        "traceidratio, 1.5, OTEL_TRACES_SAMPLER_ARG: has to be a number from 0 to 1",
        "traceidratio, -0.1, OTEL_TRACES_SAMPLER_ARG: has to be a number from 0 to 1",
        "parentbased_traceidratio, NaN, OTEL_TRACES_SAMPLER_ARG: has to be a number from 0 to 1",
        "parentbased_traceidratio, half, OTEL_TRACES_SAMPLER_ARG: has to be a number from 0 to 1",
    })
    void aSamplerThatThereIsNotIsRefused(String sampler, String argument, String message) {
        // then
        assertThat(read(List.of(), Map.of("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", argument))
                        .toString())
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_SDK_DISABLED, true",
        "OTEL_SDK_DISABLED, TRUE",
        "OTEL_TRACES_EXPORTER, none",
        "OTEL_TRACES_EXPORTER, NONE",
    })
    void theSwitchesOfOpenTelemetryAreOffWhateverNamesTheEndpoint(String variable, String value) {
        // given: a protocol that would be refused where spans are sent
        Map<String, String> environment = Map.of(
                variable, value, "BRR_TRACING_ENDPOINT", "http://ours:4318", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");

        // when
        ConfigOutcome outcome = read(List.of("--tracing-endpoint", "http://flag:4318"), environment);

        // then
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        assertThat(((ConfigOutcome.Usable) outcome).config().observability().tracing())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_SDK_DISABLED, false",
        "OTEL_SDK_DISABLED, 1",
        "OTEL_SDK_DISABLED, yes",
        "OTEL_SDK_DISABLED, ''",
        "OTEL_TRACES_EXPORTER, otlp",
        "OTEL_TRACES_EXPORTER, ''",
    })
    void whatDoesNotSwitchSpansOffLeavesThemOn(String variable, String value) {
        // then
        assertThat(settings(read(List.of(), Map.of(variable, value))).endpoint())
                .isEqualTo(URI.create("http://collector:4318/v1/traces"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zipkin", "console", "otlp,console", "none,otlp"})
    void anotherExporterIsRefusedWhereSpansAreSent(String exporter) {
        // then
        assertThat(read(List.of(), Map.of("OTEL_TRACES_EXPORTER", exporter)).toString())
                .contains("OTEL_TRACES_EXPORTER: has to be otlp or none", "not " + exporter);
    }

    @Test
    void ourOwnPercentageGoesBeforeTheirSampler() {
        // given
        Map<String, String> environment =
                Map.of("OTEL_TRACES_SAMPLER", "always_off", "BRR_TRACING_SAMPLE_PERCENT", "7");

        // then
        assertThat(settings(read(List.of(), environment)).sampler()).isEqualTo(Sampler.ofPercent(7));
        assertThat(settings(read(List.of("--tracing-sample-percent", "9"), environment))
                        .sampler())
                .isEqualTo(Sampler.ofPercent(9));
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

package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapDashboardTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "dashboard", "petstore.json");
    /** What an object of the API may hold; a ConfigMap's data may be no larger. */
    private static final int MEBIBYTE = 1024 * 1024;

    @Test
    void isWhatTheGoldenFileSays() throws IOException {
        // given
        var service = Petstore.balanced();
        // when
        var json = HeapDashboard.json(service);
        // then
        if (Boolean.getBoolean("brr.generate")) {
            Files.writeString(GOLDEN, json);
        }
        assertThat(json)
                .as("the dashboard is another one; if that is meant, run scripts/generate and commit")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void isTheSameBytesForAnEqualServiceUnderAnyLocale() {
        // given
        var before = HeapDashboard.json(Petstore.balanced());
        var locale = Locale.getDefault();
        // when
        String after;
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            after = HeapDashboard.json(Petstore.balanced());
        } finally {
            Locale.setDefault(locale);
        }
        // then
        assertThat(after).isEqualTo(before);
    }

    static Stream<BrrService> changesThatAreNoBusinessOfTheDashboard() {
        var another = Petstore.balanced();
        another.getMetadata().setGeneration(99L);
        another.getMetadata().setResourceVersion("123456");
        return Stream.of(
                another,
                BrrServiceYaml.withSpec(Petstore.SPEC.replace("replicas: 1", "replicas: 7")),
                BrrServiceYaml.withSpec(Petstore.SPEC.replace("memory: 512Mi", "memory: 2Gi")),
                BrrServiceYaml.withSpec(Petstore.SPEC + "rollout: {rollback: false}\n"));
    }

    @ParameterizedTest
    @MethodSource("changesThatAreNoBusinessOfTheDashboard")
    void staysWhenWhatItDoesNotShowChanges(BrrService changed) {
        // given
        var before = HeapDashboard.json(Petstore.balanced());
        // when
        var after = HeapDashboard.json(changed);
        // then
        assertThat(after).isEqualTo(before);
    }

    @Test
    void fitsIntoAConfigMap() {
        // given
        var service = BrrServiceYaml.named("n".repeat(63), "s".repeat(63));
        // when
        var bytes = HeapDashboard.json(service).getBytes(StandardCharsets.UTF_8);
        // then
        assertThat(bytes).hasSizeLessThan(MEBIBYTE / 4);
    }

    @Test
    void namesNoOtherService() {
        // given
        var service = BrrServiceYaml.named("warehouse", "stock");
        // when
        var json = HeapDashboard.json(service);
        // then
        assertThat(json).contains("warehouse / stock").doesNotContain("shop").doesNotContain("petstore");
    }

    @ParameterizedTest
    @CsvSource({"a, b", "default, petstore", "n, a-service-with-a-name-of-sixty-three-characters-in-all-its-length-1"})
    void uidIsWhatGrafanaTakes(String namespace, String name) {
        // given
        var service = BrrServiceYaml.named(namespace, name);
        // when
        var uid = HeapDashboard.dashboard(service).uid();
        // then
        assertThat(uid).hasSizeLessThanOrEqualTo(40).matches("[a-zA-Z0-9_-]+");
    }

    @Test
    void uidDiffersWhereNamesOnlyLookAlike() {
        // given
        var pairs = Stream.of(
                BrrServiceYaml.named("a-b", "c"), BrrServiceYaml.named("a", "b-c"), BrrServiceYaml.named("c", "a-b"));
        // when
        var uids = pairs.map(service -> HeapDashboard.dashboard(service).uid());
        // then
        assertThat(uids).doesNotHaveDuplicates();
    }

    @Test
    void uidStaysWhenTheSpecChanges() {
        // given
        var service = Petstore.balanced();
        var changed = Petstore.preset("LowRss");
        // when
        var uid = HeapDashboard.dashboard(changed).uid();
        // then
        assertThat(uid).isEqualTo(HeapDashboard.dashboard(service).uid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LowRss", "Balanced", "Throughput", "Profiling"})
    void tuningTableMarksTheFingerprintThatIsWanted(String preset) {
        // given
        var service = Petstore.preset(preset);
        // when
        var table = Panels.titled(service, "Tuning of the pods");
        // then
        assertThat(table.mappings())
                .singleElement()
                .satisfies(mapping -> assertThat(mapping.value()).isEqualTo(Petstore.wantedHash(service)));
        assertThat(table.description()).contains(Petstore.wantedHash(service), "MALLOC_CONF=abort_conf:true,");
    }

    @Test
    void tuningTableSaysThatARefusedTuningIsNot() {
        // given
        var service = Petstore.refused();
        // when
        var table = Panels.titled(service, "Tuning of the pods");
        // then
        assertThat(table.mappings()).isEmpty();
        assertThat(table.description()).contains("refused").doesNotContain("MALLOC_CONF=");
    }

    @Test
    void isThereForAServiceWithoutSpec() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var json = HeapDashboard.json(service);
        // then
        assertThat(json).contains("shop / petstore");
    }

    @Test
    void queriesAreComplete() {
        // given
        var service = Petstore.balanced();
        // when
        var queries = HeapDashboard.queries(service, Duration.ofMinutes(2));
        // then
        assertThat(queries)
                .hasSizeGreaterThan(50)
                .doesNotHaveDuplicates()
                .allSatisfy(query -> assertThat(query)
                        .contains("namespace=\"shop\", service=\"petstore\", pod=~\".*\"")
                        .doesNotContain("$", "SERVICE"))
                .anySatisfy(query -> assertThat(query).contains("[120s]"));
    }

    @Test
    void everySelectorOfEveryQueryIsTheServices() {
        // given
        var service = Petstore.balanced();
        // when
        var queries = HeapDashboard.queries(service, Duration.ofMinutes(1));
        // then
        assertThat(queries)
                .allSatisfy(query -> assertThat(PromqlNames.unselected(query)).isEmpty());
    }
}

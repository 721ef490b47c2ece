package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to install (helm/brr-operator/ci) renders what its golden file says; scripts/generate writes them anew. */
class ChartGoldenTest {

    private static final Path GOLDENS = Path.of("src", "test", "resources", "chart");

    static List<Path> cases() {
        return Chart.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersItsGoldenFile(Path values) throws IOException {
        // given
        var golden = goldenOf(values);
        // when
        var rendered = Chart.render(values).withoutCrds();
        // then
        if (Boolean.getBoolean("brr.generate")) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, rendered);
        }
        assertThat(golden)
                .as("no golden file for %s; run scripts/generate and commit", values)
                .exists();
        assertThat(rendered)
                .as("%s renders something else; if that is meant, run scripts/generate and commit", values)
                .isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersTheSameTwice(Path values) {
        // given
        var once = Chart.render(values);
        // when
        var again = Chart.render(values);
        // then
        assertThat(again).isEqualTo(once);
    }

    @Test
    void hasNoGoldenFileWithoutACase() throws IOException {
        // given
        var wanted = Chart.cases().stream().map(ChartGoldenTest::goldenOf).toList();
        // when
        try (var goldens = Files.list(GOLDENS)) {
            // then
            assertThat(goldens).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    private static Path goldenOf(Path values) {
        return GOLDENS.resolve(values.getFileName().toString().replace("-values.yaml", ".yaml"));
    }
}

package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartLintTest {

    @Test
    void passesStrictLint() {
        // given
        // when
        var result = Chart.lint();
        // then
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "type",
                "version",
                "appVersion",
                "kubeVersion",
                "home",
                "sources",
                "keywords",
                "maintainers"
            })
    void saysWhatACatalogueAsksFor(String field) {
        // given
        // when
        var value = Chart.tree("Chart.yaml").path(field);
        // then
        assertThat(value.isMissingNode() || value.isEmpty() && value.asText().isEmpty())
                .as("Chart.yaml has no %s", field)
                .isFalse();
    }

    @Test
    void hasTheVersionOfTheBuild() throws IOException {
        // given
        var pom = Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(pom.find()).isTrue();
        // when
        var chart = Chart.tree("Chart.yaml");
        // then
        assertThat(chart.get("version").asText()).isEqualTo(pom.group(1));
        assertThat(chart.get("appVersion").asText()).isEqualTo(pom.group(1));
    }

    @Test
    void showsTheSampleThatTheExamplesApply() throws IOException {
        // given
        var annotation = Chart.tree("Chart.yaml")
                .at("/annotations")
                .get("artifacthub.io/crdsExamples")
                .asText();
        // when
        JsonNode shown = Serialization.yamlMapper().readTree(annotation).get(0).get("spec");
        // then
        var sample = Files.readString(Path.of("..", "examples", "01-petstore", "01-petstore.yaml"));
        assertThat(shown).isEqualTo(Serialization.yamlMapper().readTree(sample).get("spec"));
    }

    @Test
    void refusesAKubernetesThatIsTooOld() {
        // given
        var tooOld = "1.28.9";
        // when
        // then
        assertThatThrownBy(() -> Chart.render(Chart.REGISTRY, tooOld)).hasMessageContaining("kubeVersion: >=1.29.0-0");
    }

    @Test
    void shipsNoDevelopmentValues() {
        // given
        // when
        var ignored = Chart.text(".helmignore").lines();
        // then
        assertThat(ignored).contains("ci/");
    }
}

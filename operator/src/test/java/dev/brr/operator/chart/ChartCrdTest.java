package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartCrdTest {

    private static final String CRD = "CustomResourceDefinition";
    private static final Path GENERATED = Path.of("..", "crds", "brrservices.brr.dev-v1.yaml");

    @Test
    void carriesTheGeneratedCrdByteForByte() throws IOException {
        // given
        var generated = Files.readString(GENERATED);
        // when
        var carried = Chart.text("files/brrservices.brr.dev-v1.yaml");
        // then
        assertThat(carried)
                .as("the chart's CRD differs from crds/; run scripts/generate and commit")
                .isEqualTo(generated);
    }

    @Test
    void rendersItsSpecUnchanged() throws IOException {
        // given
        var generated = Serialization.yamlMapper().readTree(GENERATED.toFile());
        // when
        var rendered = Chart.render(Chart.REGISTRY).ofKind(CRD).findFirst().orElseThrow();
        // then
        // Numbers are compared as text of the same tree: Helm's parser turns 1000.0 into 1000, which is the same bound.
        assertThat(Numbers.asDecimals(rendered.get("spec"))).isEqualTo(Numbers.asDecimals(generated.get("spec")));
        assertThat(rendered.get("apiVersion")).isEqualTo(generated.get("apiVersion"));
        assertThat(rendered.at("/metadata/name")).isEqualTo(generated.at("/metadata/name"));
    }

    @Test
    void keepsItThroughAnUninstallByDefault() {
        // given
        // when
        var crd = Chart.render(Chart.REGISTRY).ofKind(CRD).findFirst().orElseThrow();
        // then
        assertThat(crd.at("/metadata/annotations")
                        .get("helm.sh/resource-policy")
                        .asText())
                .isEqualTo("keep");
    }

    @Test
    void removesItWithTheReleaseOnRequest() {
        // given
        var values = Chart.REGISTRY + "crds: {keep: false}";
        // when
        var crd = Chart.render(values).ofKind(CRD).findFirst().orElseThrow();
        // then
        assertThat(crd.at("/metadata/annotations").has("helm.sh/resource-policy"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rendersNoneWhenItComesFromElsewhere(boolean keep) {
        // given
        var values = Chart.REGISTRY + "crds: {enabled: false, keep: " + keep + "}";
        // when
        var crds = Chart.render(values).ofKind(CRD);
        // then
        assertThat(crds).isEmpty();
    }

    @Test
    void labelsItAsPartOfTheRelease() {
        // given
        var values = Chart.REGISTRY + "commonLabels: {team: platform}";
        // when
        var crd = Chart.render(values).ofKind(CRD).findFirst().orElseThrow();
        // then
        assertThat(crd.at("/metadata/labels/team").asText()).isEqualTo("platform");
        assertThat(crd.at("/metadata/labels")
                        .get("app.kubernetes.io/managed-by")
                        .asText())
                .isEqualTo("Helm");
    }
}

package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What Helm says after an install has to be true of that install. */
class ChartNotesTest {

    @Test
    void saysWhatIsWatchedAndWhereImagesGo() {
        // given
        // when
        var notes = Chart.notes(Chart.REGISTRY);
        // then
        assertThat(notes)
                .contains("runs in namespace brr-system and watches every namespace.")
                .contains(
                        "Images of services go to registry.example.com/<namespace>/<name>, on eclipse-temurin:25-jre.");
    }

    @Test
    void namesTheNamespaces() {
        // given
        var values = Chart.REGISTRY + "watchNamespaces: [shop, shop-staging]";
        // when
        var notes = Chart.notes(values);
        // then
        assertThat(notes).contains("watches the namespaces shop, shop-staging.");
    }

    @Test
    void showsAServiceThatIsTheSample() throws IOException {
        // given
        var notes = Chart.notes(Chart.REGISTRY);
        var shown = notes.substring(notes.indexOf("<<'YAML'\n") + 9, notes.indexOf("  YAML\n"))
                .stripIndent();
        // when
        var spec = Serialization.yamlMapper().readTree(shown).get("spec");
        // then
        var sample = Serialization.yamlMapper()
                .readTree(Files.readString(Path.of("..", "examples", "01-petstore", "01-petstore.yaml")))
                .get("spec");
        assertThat(spec.get("security")).isEqualTo(sample.get("security"));
        assertThat(spec.get("resources")).isEqualTo(sample.get("resources"));
    }

    @Test
    void warnsOfARegistryThatAnybodyMayWriteTo() {
        // given
        // when
        var open = Chart.notes("registry: {host: 'localhost:5000', insecure: true}");
        var closed = Chart.notes("registry: {host: a.example, credentialsSecret: push}");
        // then
        assertThat(open).contains("over plain http").contains("without encryption and without credentials");
        assertThat(closed).doesNotContain("without encryption");
    }

    @Test
    void saysHowToRemoveTheCrdThatAnUninstallKeeps() {
        // given
        // when
        var kept = Chart.notes(Chart.REGISTRY);
        var removed = Chart.notes(Chart.REGISTRY + "crds: {keep: false}");
        // then
        assertThat(kept).contains("kubectl delete crd brrservices.brr.dev");
        assertThat(removed).doesNotContain("kubectl delete crd");
    }

    @Test
    void saysThatTheCrdHasToBeThere() {
        // given
        var values = Chart.REGISTRY + "crds: {enabled: false}";
        // when
        var notes = Chart.notes(values);
        // then
        assertThat(notes).contains("crds.enabled is false: the CRD brrservices.brr.dev has to be there already");
    }
}

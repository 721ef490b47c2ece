package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the CRD to the names, choices, columns and subresources that people and autoscalers use it by. */
class CrdNamesTest {

    private static final CrdSchema SCHEMA = CrdSchema.generated();

    @Test
    void namesAndScopeAreWhatPeopleType() {
        // given
        var spec = SCHEMA.crd().get("spec");
        // when
        var names = spec.get("names");
        // then
        assertThat(spec.get("group").asText()).isEqualTo(BrrService.GROUP);
        assertThat(spec.get("scope").asText()).isEqualTo("Namespaced");
        assertThat(names.get("plural").asText()).isEqualTo("brrservices");
        assertThat(texts(names.get("shortNames"))).containsExactly("brr");
        assertThat(texts(names.get("categories"))).containsExactly("all");
    }

    @Test
    void columnsComeInTheOrderInWhichTheyAreRead() {
        // given
        var columns = SCHEMA.crd().at("/spec/versions/0/additionalPrinterColumns");
        // when
        var shown = StreamSupport.stream(columns.spliterator(), false)
                .map(column -> column.get("name").asText() + " "
                        + column.get("priority").asInt());
        // then
        assertThat(shown)
                .containsExactly("Ready 0", "Replicas 0", "Preset 0", "Image 0", "Age 0", "Reason 1", "Hungriest 1");
    }

    @Test
    void columnsAndTheScaleSubresourceReadFieldsThatExist() {
        // given
        var version = SCHEMA.crd().at("/spec/versions/0");
        var paths = Stream.concat(
                version.findValues("jsonPath").stream(),
                Stream.of("specReplicasPath", "statusReplicasPath", "labelSelectorPath")
                        .map(key -> version.at("/subresources/scale").get(key)));
        // when
        var strange = paths.map(JsonNode::asText)
                .map(path -> path.replaceAll("\\[\\?.*?\\)]", "[]").substring(1))
                .filter(path -> !path.equals("metadata.creationTimestamp"))
                .filter(path ->
                        SCHEMA.nodes().stream().noneMatch(node -> node.path().equals(path)));
        // then
        assertThat(strange).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "spec.malloc.preset,          MallocPreset",
        "spec.monitoring.scrape,      ScrapeMode",
        "status.hungriestOperation.measure, MemoryMeasure",
    })
    void choicesAreTheEnumsConstants(String path, String type) throws ClassNotFoundException {
        // given
        var constants = Class.forName(getClass().getPackageName() + "." + type).getEnumConstants();
        // when
        var choices = texts(SCHEMA.at(path).schema().get("enum"));
        // then
        assertThat(choices)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(constants).map(Object::toString).toList());
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}

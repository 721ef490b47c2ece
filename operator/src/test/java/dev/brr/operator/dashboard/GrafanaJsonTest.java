package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana expects of any dashboard. */
class GrafanaJsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    static JsonNode dashboard() {
        return parse(HeapDashboard.json(Petstore.balanced()));
    }

    /** Panels that show something: rows are headings. */
    static List<JsonNode> panels() {
        return elements(dashboard().get("panels"))
                .filter(panel -> !panel.get("type").asText().equals("row"))
                .toList();
    }

    @Test
    void isOfASchemaThatGrafanaMigratesFrom() {
        // given, when
        var dashboard = dashboard();
        // then
        assertThat(dashboard.get("schemaVersion").asInt()).isEqualTo(39);
        assertThat(dashboard.get("uid").asText()).startsWith("brr-");
        assertThat(dashboard.get("title").asText()).isEqualTo("shop / petstore");
        assertThat(dashboard.has("id")).as("Grafana gives the id").isFalse();
        assertThat(dashboard.has("version")).as("Grafana counts versions").isFalse();
    }

    @Test
    void letsThePersonChooseDataSourceAndPods() {
        // given
        var variables = elements(dashboard().at("/templating/list")).toList();
        // when
        var datasource = variables.get(0);
        var pod = variables.get(1);
        // then
        assertThat(variables).hasSize(2);
        assertThat(datasource.get("name").asText()).isEqualTo("datasource");
        assertThat(datasource.get("query").asText()).isEqualTo("prometheus");
        assertThat(pod.get("name").asText()).isEqualTo("pod");
        assertThat(pod.at("/query/query").asText())
                .isEqualTo("label_values(jemalloc_loaded{namespace=\"shop\", service=\"petstore\"}, pod)");
        assertThat(pod.get("allValue").asText()).isEqualTo(".*");
        assertThat(pod.at("/current/value").asText()).isEqualTo("$__all");
    }

    @Test
    void namesNoDataSourceOfItsOwn() {
        // given
        var sources = dashboard().findValues("datasource").stream();
        // when
        var uids = sources.map(source -> source.path("uid").asText()).distinct();
        // then
        assertThat(uids).containsExactly("${datasource}");
    }

    @Test
    void marksWhenAlertsFired() {
        // given, when
        var annotation = dashboard().at("/annotations/list/0");
        // then
        assertThat(annotation.get("expr").asText())
                .isEqualTo("ALERTS{namespace=\"shop\", service=\"petstore\", alertstate=\"firing\"}");
    }

    @Test
    void panelIdsAreUnique() {
        // given, when
        var ids =
                elements(dashboard().get("panels")).map(panel -> panel.get("id").asInt());
        // then
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id > 0);
    }

    @Test
    void panelsStandBesideAndBelowOneAnother() {
        // given
        var taken = new HashSet<List<Integer>>();
        // when
        var collisions = new ArrayList<String>();
        for (var panel : dashboard().get("panels")) {
            var position = panel.get("gridPos");
            for (int x = 0; x < position.get("w").asInt(); x++) {
                for (int y = 0; y < position.get("h").asInt(); y++) {
                    var cell = List.of(
                            position.get("x").asInt() + x, position.get("y").asInt() + y);
                    if (!taken.add(cell) || cell.get(0) >= 24) {
                        collisions.add(panel.get("title").asText() + " at " + cell);
                    }
                }
            }
        }
        // then
        assertThat(collisions).isEmpty();
    }

    @Test
    void rowsStandAboveTheirPanels() {
        // given
        var panels = elements(dashboard().get("panels")).toList();
        // when
        var heights =
                panels.stream().map(panel -> panel.at("/gridPos/y").asInt()).toList();
        // then
        assertThat(heights).isSorted();
        assertThat(panels.getFirst().get("type").asText()).isEqualTo("row");
        assertThat(panels.getFirst().at("/gridPos/w").asInt()).isEqualTo(24);
    }

    @ParameterizedTest
    @MethodSource("panels")
    void panelHasUnitDescriptionAndDefaults(JsonNode panel) {
        // given, when
        var defaults = panel.at("/fieldConfig/defaults");
        // then
        assertThat(panel.get("description").asText()).isNotBlank();
        assertThat(defaults.get("unit").asText()).isNotBlank();
        assertThat(defaults.at("/thresholds/steps/0").get("value").isNull())
                .as("the first step has no lower end")
                .isTrue();
        assertThat(panel.get("options").isEmpty()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("panels")
    void targetsHaveLegendsAndLettersInOrder(JsonNode panel) {
        // given
        var targets = elements(panel.get("targets")).toList();
        // when
        var letters =
                targets.stream().map(target -> target.get("refId").asText()).toList();
        // then
        assertThat(letters).isEqualTo(List.of("A", "B", "C", "D").subList(0, targets.size()));
        assertThat(targets).allSatisfy(target -> {
            assertThat(target.get("legendFormat").asText()).isNotBlank();
            assertThat(target.get("expr").asText()).contains("pod=~\"$pod\"");
            assertThat(target.get("instant").asBoolean())
                    .isNotEqualTo(target.get("range").asBoolean());
        });
    }

    @ParameterizedTest
    @MethodSource("panels")
    void graphsAskForARangeAndNumbersForTheLatest(JsonNode panel) {
        // given
        var graph = panel.get("type").asText().equals("timeseries");
        // when
        var ranges =
                elements(panel.get("targets")).map(target -> target.get("range").asBoolean());
        // then
        assertThat(ranges).containsOnly(graph);
    }

    @ParameterizedTest
    @MethodSource("panels")
    void overridesMeanTargetsThatExist(JsonNode panel) {
        // given
        var letters = panel.get("targets").findValuesAsText("refId");
        // when
        var overridden = elements(panel.at("/fieldConfig/overrides"))
                .map(override -> override.at("/matcher/options").asText());
        // then
        assertThat(overridden).allMatch(letters::contains);
    }

    @Test
    void onlyStacksStack() {
        // given, when
        var stacked = panels().stream()
                .filter(panel -> panel.at("/fieldConfig/defaults/custom/stacking/mode")
                        .asText()
                        .equals("normal"))
                .map(panel -> panel.get("title").asText());
        // then
        assertThat(stacked).containsExactly("Heap usage", "What RSS is made of", "Unused pages");
    }

    @Test
    void limitIsADashedLineAboveTheStack() {
        // given
        var panel = titled("Unused pages");
        // when
        var override = panel.at("/fieldConfig/overrides/0");
        var properties = elements(override.get("properties")).toList();
        // then
        assertThat(override.at("/matcher/id").asText()).isEqualTo("byFrameRefID");
        assertThat(override.at("/matcher/options").asText()).isEqualTo("C");
        assertThat(property(properties, "custom.stacking").get("mode").asText()).isEqualTo("none");
        assertThat(property(properties, "custom.lineStyle").get("fill").asText())
                .isEqualTo("dash");
        assertThat(property(properties, "color").get("fixedColor").asText()).isEqualTo("red");
    }

    @Test
    void tableShowsLabelsAndNoTime() {
        // given
        var table = titled("Tuning of the pods");
        // when
        var transformation = table.at("/transformations/0");
        // then
        assertThat(table.at("/targets/0/format").asText()).isEqualTo("table");
        assertThat(transformation.at("/options/excludeByName/Time").asBoolean()).isTrue();
        assertThat(transformation.at("/options/excludeByName/Value").asBoolean())
                .isTrue();
    }

    @Test
    void statesAreWords() {
        // given
        var panel = titled("jemalloc");
        // when
        var words = panel.at("/fieldConfig/defaults/mappings/0/options");
        // then
        assertThat(words.at("/0/text").asText()).isEqualTo("missing");
        assertThat(words.at("/1/text").asText()).isEqualTo("loaded");
    }

    @Test
    void linesEndAlikeOnEveryMachine() {
        // given, when
        var json = HeapDashboard.json(BrrServiceYaml.withoutSpec());
        // then
        assertThat(json).doesNotContain("\r").endsWith("}\n");
    }

    private static JsonNode titled(String title) {
        return panels().stream()
                .filter(panel -> panel.get("title").asText().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode property(List<JsonNode> properties, String id) {
        return Objects.requireNonNull(properties.stream()
                .filter(property -> property.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow()
                .get("value"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }
}

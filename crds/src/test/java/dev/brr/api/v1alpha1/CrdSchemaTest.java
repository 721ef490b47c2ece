package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the schema to what the API server and the people who write BrrServices need of it. */
class CrdSchemaTest {

    private static final CrdSchema SCHEMA = CrdSchema.generated();

    @Test
    void everyPropertyHasATextThatIsASentence() {
        // given
        var properties = SCHEMA.properties();
        // when
        var without = pathsOf(properties, node -> !isSentence(description(node)));
        // then
        assertThat(without)
                .as("no description that begins with a capital and ends with a full stop")
                .isEmpty();
    }

    @Test
    void noTextIsThereTwiceInOneObject() {
        // given
        var byParent = SCHEMA.properties().collect(Collectors.groupingBy(CrdSchemaTest::parent));
        // when
        var copied = byParent.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                                .map(CrdSchemaTest::description)
                                .distinct()
                                .count()
                        < entry.getValue().size())
                .map(Map.Entry::getKey);
        // then
        assertThat(copied).isEmpty();
    }

    @Test
    void everyStringIsBounded() {
        // given
        var strings = SCHEMA.ofType("string");
        // when
        var unbounded = pathsOf(strings, node -> !has(node, "maxLength") && !has(node, "enum"));
        // then
        assertThat(unbounded).isEmpty();
    }

    @Test
    void everyIntegerHasBothBounds() {
        // given
        var integers = SCHEMA.ofType("integer");
        // when
        var unbounded = pathsOf(integers, node -> !has(node, "minimum") || !has(node, "maximum"));
        // then
        assertThat(unbounded).isEmpty();
    }

    @Test
    void everyAmountIsBoundedAsTextAndAsNumber() {
        // given
        var amounts = SCHEMA.ofType("integer or string").toList();
        // when
        var unbounded = pathsOf(
                amounts.stream(),
                node -> !Stream.of("minimum", "maxLength", "pattern").allMatch(key -> has(node, key)));
        // then
        assertThat(amounts).hasSize(5);
        assertThat(unbounded).isEmpty();
    }

    @Test
    void everyListIsBoundedAndSaysHowItMerges() {
        // given
        var lists = SCHEMA.ofType("array");
        // when
        var open = pathsOf(lists, node -> !has(node, "maxItems") || !has(node, "x-kubernetes-list-type"));
        // then
        assertThat(open).isEmpty();
    }

    @Test
    void everyKeyOfAListMapIsRequiredInItsEntries() {
        // given
        var listMaps = SCHEMA.ofType("array")
                .filter(node ->
                        node.schema().path("x-kubernetes-list-type").asText().equals("map"));
        // when
        var loose = listMaps.flatMap(node -> texts(node.schema().get("x-kubernetes-list-map-keys"))
                        .map(key -> SCHEMA.at(node.path() + "[]." + key)))
                .filter(key -> !key.required())
                .map(SchemaNode::path);
        // then
        assertThat(loose).isEmpty();
    }

    @Test
    void everyMapIsBoundedInNumberKeysAndValues() {
        // given
        var maps = SCHEMA.nodes().stream().filter(SchemaNode::isMap).toList();
        // when
        var unbounded = pathsOf(
                maps.stream(),
                node -> !has(node, "maxProperties")
                        || !has(SCHEMA.at(node.path() + ".*"), "maxLength")
                        || !rules(node).contains("size(k)"));
        // then
        assertThat(maps).extracting(SchemaNode::path).containsExactly("spec.malloc.options");
        assertThat(unbounded).isEmpty();
    }

    @Test
    void everyTypeIsKnown() {
        // given
        var known = Set.of("object", "array", "string", "integer", "boolean", "integer or string");
        // when
        var strange = pathsOf(SCHEMA.nodes().stream(), node -> !known.contains(node.type()));
        // then
        assertThat(strange).isEmpty();
    }

    @Test
    void nothingUnknownIsPreserved() {
        // given
        var everything = SCHEMA.nodes().stream();
        // when
        var preserving = pathsOf(
                everything,
                node -> has(node, "x-kubernetes-preserve-unknown-fields")
                        || has(node, "x-kubernetes-embedded-resource")
                        || node.schema().path("additionalProperties").isBoolean());
        // then
        assertThat(preserving).isEmpty();
        assertThat(SCHEMA.crd().at("/spec/preserveUnknownFields").asBoolean()).isFalse();
    }

    @Test
    void everyLowerBoundLeavesRoomBelowItsUpperBound() {
        // given
        var pairs = Map.of(
                "minimum",
                "maximum",
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "minProperties",
                "maxProperties");
        // when
        var crossed = pathsOf(
                SCHEMA.nodes().stream(),
                node -> pairs.entrySet().stream()
                        .filter(pair -> has(node, pair.getKey()) && has(node, pair.getValue()))
                        .anyMatch(pair -> node.schema()
                                        .get(pair.getKey())
                                        .decimalValue()
                                        .compareTo(node.schema()
                                                .get(pair.getValue())
                                                .decimalValue())
                                > 0));
        // then
        assertThat(crossed).isEmpty();
    }

    @Test
    void everyDefaultIsWithinItsOwnBounds() {
        // given
        var withDefault = SCHEMA.nodes().stream().filter(node -> has(node, "default"));
        // when
        var outside = pathsOf(withDefault, node -> !allows(node, node.schema().get("default")));
        // then
        assertThat(outside).isEmpty();
    }

    @Test
    void everyDefaultIsReachedByDefaultsOfTheObjectsAroundIt() {
        // given
        var defaults = SCHEMA.nodes().stream()
                .filter(node -> has(node, "default"))
                .filter(node -> !node.path().equals("spec.autoscaling.min")); // only with autoscaling itself
        // when
        var unreached = pathsOf(defaults, node -> !parent(node).isEmpty() && !has(SCHEMA.at(parent(node)), "default"));
        // then
        assertThat(unreached).isEmpty();
    }

    @Test
    void everyRuleExplainsItself() {
        // given
        var ruled = SCHEMA.nodes().stream().filter(node -> has(node, "x-kubernetes-validations"));
        // when
        var silent = pathsOf(
                ruled,
                node -> StreamSupport.stream(
                                node.schema().get("x-kubernetes-validations").spliterator(), false)
                        .anyMatch(rule -> rule.path("message").asText().isBlank()));
        // then
        assertThat(silent).isEmpty();
    }

    @Test
    void noRuleIsThereTwice() {
        // given
        var messages = SCHEMA.nodes().stream().flatMap(node -> node.ruleMessages().stream());
        // when
        var list = messages.toList();
        // then
        assertThat(list).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    }

    @Test
    void wholeNumbersAreWrittenWithoutAFraction() {
        // given
        var yaml = CrdYaml.generate();
        // when
        var fractions = yaml.lines().filter(line -> line.matches(".*(imum|default): [0-9.E]+") && line.contains("."));
        // then
        assertThat(fractions).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec.openapi.configMapKeyRef",
                "spec.image.pushSecretRef",
                "spec.security.schemes[].secretKeyRef",
                "spec.observability.tracing.headersSecretRef"
            })
    void referencesAreOwnedWhole(String path) {
        // given
        var reference = SCHEMA.at(path);
        // when
        var mapType = reference.schema().path("x-kubernetes-map-type").asText();
        // then
        assertThat(mapType).isEqualTo("atomic");
    }

    private static boolean allows(SchemaNode node, JsonNode value) {
        return switch (node.type()) {
            case "object" -> value.isObject() && value.isEmpty();
            case "boolean" -> value.isBoolean();
            case "string" -> texts(node.schema().get("enum")).anyMatch(value.asText()::equals);
            case "integer" ->
                value.isIntegralNumber()
                        && value.asLong() >= node.schema().get("minimum").asLong()
                        && value.asLong() <= node.schema().get("maximum").asLong();
            default -> false;
        };
    }

    private static boolean isSentence(String text) {
        // jemalloc writes its own name in lower case.
        return text.matches("(?s)([A-Z]|jemalloc).*[^.]\\.");
    }

    private static String description(SchemaNode node) {
        return node.schema().path("description").asText();
    }

    private static String rules(SchemaNode node) {
        return node.schema().path("x-kubernetes-validations").toString();
    }

    private static String parent(SchemaNode node) {
        return node.path().contains(".") ? node.path().substring(0, node.path().lastIndexOf('.')) : "";
    }

    private static boolean has(SchemaNode node, String keyword) {
        return node.schema().has(keyword);
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    private static List<String> pathsOf(Stream<SchemaNode> nodes, Predicate<SchemaNode> which) {
        return nodes.filter(which).map(SchemaNode::path).toList();
    }
}

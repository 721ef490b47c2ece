package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A place of the CRD's schema.
 *
 * @param path where people write it, e.g. {@code spec.security.schemes[].name}, {@code spec.malloc.options.*}
 * @param kind what it is to the place that holds it
 * @param required whether the place that holds it refuses to be without it
 * @param schema its schema
 */
record SchemaNode(String path, Kind kind, boolean required, JsonNode schema) {

    /** Tells a named property from the entries of a list and the values of a map, which have no name of their own. */
    enum Kind {
        ROOT,
        PROPERTY,
        ENTRY,
        VALUE
    }

    /** Returns the type as the reference names it. */
    String type() {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return "integer or string";
        }
        return schema.path("type").asText("?");
    }

    boolean isMap() {
        return schema.has("additionalProperties");
    }

    boolean isLeaf() {
        return !schema.has("properties") && !schema.has("items") && !isMap();
    }

    boolean isUnder(String other) {
        return path.startsWith(other + ".");
    }

    /** Returns the messages of the CEL rules of this place. */
    List<String> ruleMessages() {
        return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
                .map(rule -> rule.get("message").asText())
                .toList();
    }

    /** Returns what a document has at this path: nothing, one value, or one of each entry of the lists on the way. */
    Stream<JsonNode> valuesIn(JsonNode document) {
        var values = Stream.of(document);
        for (var step : path.replace("[]", ".[]").split("\\.")) {
            values = step.isEmpty() ? values : values.flatMap(value -> step(value, step));
        }
        return values;
    }

    private static Stream<JsonNode> step(JsonNode value, String step) {
        return switch (step) {
            case "[]", "*" -> StreamSupport.stream(value.spliterator(), false);
            default -> value.has(step) ? Stream.of(value.get(step)) : Stream.empty();
        };
    }
}

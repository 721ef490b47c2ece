package dev.brr.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the README's table of values: keys and defaults as values.yaml has them, descriptions of the schema. */
final class ValuesTable {

    private static final String HEADER = "| Key | Default | Description |\n|---|---|---|\n";

    private ValuesTable() {}

    static String of(JsonNode values, JsonNode schema) {
        return leaves(values, schema).entrySet().stream()
                .map(leaf -> "| `%s` | `%s` | %s |"
                        .formatted(leaf.getKey(), leaf.getValue(), escape(describe(schema, leaf.getKey()))))
                .collect(Collectors.joining("\n", HEADER, "\n"));
    }

    /** Dotted keys that a user sets, in the file's order: an object whose keys the schema names is no such key itself. */
    static Map<String, JsonNode> leaves(JsonNode values, JsonNode schema) {
        var leaves = new LinkedHashMap<String, JsonNode>();
        collect("", values, schema, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode values, JsonNode schema, Map<String, JsonNode> leaves) {
        values.properties().forEach(entry -> {
            var below = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            var described = schema.path("properties").path(entry.getKey());
            if (described.has("properties")) {
                collect(below, entry.getValue(), described, leaves);
            } else {
                leaves.put(below, entry.getValue());
            }
        });
    }

    private static String describe(JsonNode schema, String key) {
        return schema.at("/properties/" + key.replace(".", "/properties/"))
                .path("description")
                .asText();
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}

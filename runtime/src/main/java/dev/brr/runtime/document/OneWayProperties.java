package dev.brr.runtime.document;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Properties that travel one way only: {@code readOnly} ones are not asked of requests and {@code writeOnly} ones not of
 * responses, though {@code required} names them (OpenAPI 3.0.4, section 4.7.24.2).
 */
final class OneWayProperties {
    private static final Set<String> DATA = Set.of("example", "examples", "default", "enum", "const", "value");

    private final References references;
    private final String flag;

    private OneWayProperties(References references, String flag) {
        this.references = references;
        this.flag = flag;
    }

    /** Gives the document with no such property required: a copy, or the document itself if it has none. */
    static JsonNode optional(JsonNode root, String flag) {
        if (!isFlagged(root, flag)) {
            return root;
        }
        JsonNode copy = root.deepCopy();
        new OneWayProperties(new References(root), flag).rewrite(copy);
        return copy;
    }

    private static boolean isFlagged(JsonNode node, String flag) {
        if (node.path(flag).asBoolean(false)) {
            return true;
        }
        for (JsonNode child : node) {
            if (isFlagged(child, flag)) {
                return true;
            }
        }
        return false;
    }

    private void rewrite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.get("required") instanceof ArrayNode required
                    && object.get("properties") instanceof ObjectNode) {
                relax(object, required);
            }
            object.forEachEntry((key, value) -> {
                if (!DATA.contains(key)) {
                    rewrite(value);
                }
            });
        } else {
            node.forEach(this::rewrite);
        }
    }

    private void relax(ObjectNode schema, ArrayNode required) {
        for (int i = required.size() - 1; i >= 0; i--) {
            JsonNode property = schema.path("properties").path(required.get(i).asString(""));
            if (travelsOneWay(property)) {
                required.remove(i);
            }
        }
    }

    private boolean travelsOneWay(JsonNode property) {
        if (property.path(flag).asBoolean(false)) {
            return true;
        }
        return References.isReference(property)
                && references
                        .target(property.get("$ref").stringValue())
                        .flatMap(references::follow)
                        .filter(found -> found.node().path(flag).asBoolean(false))
                        .isPresent();
    }
}

package dev.brr.runtime.document;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rewrites the schemas of an OpenAPI 3.0 document to mean the same in 3.1 (JSON Schema 2020-12). */
final class OpenApi30 {

    private OpenApi30() {}

    /** Rewrites in place: {@code nullable}, and {@code exclusiveMinimum} and {@code exclusiveMaximum} as flags. */
    static void upgrade(JsonNode node) {
        if (node instanceof ObjectNode object) {
            exclusive(object, "exclusiveMinimum", "minimum");
            exclusive(object, "exclusiveMaximum", "maximum");
            nullable(object);
        }
        node.forEach(OpenApi30::upgrade);
    }

    private static void exclusive(ObjectNode schema, String flag, String limit) {
        JsonNode value = schema.get(flag);
        if (value == null || !value.isBoolean()) {
            return;
        }
        JsonNode bound = schema.get(limit);
        schema.remove(flag);
        if (value.booleanValue() && bound != null) {
            schema.remove(limit);
            schema.set(flag, bound);
        }
    }

    private static void nullable(ObjectNode schema) {
        JsonNode nullable = schema.get("nullable");
        if (nullable == null || !nullable.isBoolean()) {
            return;
        }
        schema.remove("nullable");
        JsonNode type = schema.get("type");
        if (!nullable.booleanValue() || type == null || !type.isString()) {
            return;
        }
        schema.putArray("type").add(type.stringValue()).add("null");
        if (schema.get("enum") instanceof ArrayNode values) {
            values.addNull();
        }
    }
}

package dev.brr.runtime.example;

import dev.brr.runtime.document.Pointer;
import dev.brr.runtime.document.References;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a value that a schema allows: its example, default, constant or first choice, or else one by its type. */
final class SchemaSample {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 8;
    /** A few schemas that refer to each other many times over would otherwise be made without end. */
    private static final int MAX_VALUES = 10_000;

    private static final Map<String, String> BY_FORMAT = Map.ofEntries(
            Map.entry("date-time", "2026-01-01T00:00:00Z"),
            Map.entry("date", "2026-01-01"),
            Map.entry("time", "00:00:00Z"),
            Map.entry("duration", "PT1S"),
            Map.entry("email", "someone@example.com"),
            Map.entry("hostname", "example.com"),
            Map.entry("ipv4", "192.0.2.1"),
            Map.entry("ipv6", "2001:db8::1"),
            Map.entry("uri", "https://example.com/"),
            Map.entry("uri-reference", "/"),
            Map.entry("url", "https://example.com/"),
            Map.entry("uuid", "00000000-0000-4000-8000-000000000000"),
            Map.entry("byte", ""),
            Map.entry("binary", ""),
            Map.entry("json-pointer", ""),
            Map.entry("regex", ".*"));

    private final References references;
    private final Set<String> open = new HashSet<>();
    private int values;

    SchemaSample(References references) {
        this.references = references;
    }

    /** Makes a value for the schema at a pointer. */
    JsonNode of(String from) {
        Optional<String> found = references.follow(from);
        Optional<JsonNode> schema = found.flatMap(references::node);
        if (schema.isEmpty() || !schema.get().isObject()) {
            return NODES.objectNode();
        }
        String pointer = found.get();
        Optional<JsonNode> given = given(schema.get());
        if (given.isPresent()) {
            return given.get();
        }
        if (++values > MAX_VALUES || open.size() >= MAX_DEPTH || !open.add(pointer)) {
            return NODES.nullNode();
        }
        try {
            return made(schema.get(), pointer);
        } finally {
            open.remove(pointer);
        }
    }

    private static Optional<JsonNode> given(JsonNode schema) {
        for (String keyword : new String[] {"example", "const", "default"}) {
            if (schema.has(keyword)) {
                return Optional.of(schema.get(keyword));
            }
        }
        for (String keyword : new String[] {"examples", "enum"}) {
            if (schema.path(keyword).isArray() && !schema.path(keyword).isEmpty()) {
                return Optional.of(schema.path(keyword).get(0));
            }
        }
        return Optional.empty();
    }

    private JsonNode made(JsonNode schema, String pointer) {
        for (String keyword : new String[] {"oneOf", "anyOf"}) {
            if (!schema.path(keyword).isEmpty()) {
                return of(Pointer.child(Pointer.child(pointer, keyword), "0"));
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, pointer);
            case "array" -> array(schema, pointer);
            case "string" -> NODES.stringNode(string(schema));
            case "integer" -> NODES.numberNode((long) Math.ceil(number(schema)));
            case "number" -> NODES.numberNode(number(schema));
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            default -> NODES.objectNode();
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray() && !type.isEmpty()) {
            return type.get(0).asString("");
        }
        if (type.isString()) {
            return type.stringValue();
        }
        return schema.has("items") ? "array" : "object";
    }

    private JsonNode object(JsonNode schema, String pointer) {
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < schema.path("allOf").size(); i++) {
            if (of(Pointer.child(Pointer.child(pointer, "allOf"), String.valueOf(i))) instanceof ObjectNode part) {
                object.setAll(part);
            }
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        schema.path("properties").forEachEntry((name, property) -> {
            JsonNode value = of(Pointer.child(Pointer.child(pointer, "properties"), name));
            boolean secret = property.path("writeOnly").asBoolean(false);
            if (!secret && (required.contains(name) || !value.isNull())) {
                object.set(name, value);
            }
        });
        return object;
    }

    private JsonNode array(JsonNode schema, String pointer) {
        ArrayNode array = NODES.arrayNode();
        int least = schema.path("minItems").asInt(1);
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        if (schema.has("items")) {
            for (int i = 0; i < Math.min(Math.min(Math.max(1, least), most), 16); i++) {
                JsonNode item = of(Pointer.child(pointer, "items"));
                if (!item.isNull()) {
                    array.add(item);
                }
            }
        }
        return array;
    }

    private static String string(JsonNode schema) {
        String text = BY_FORMAT.getOrDefault(schema.path("format").asString(""), "text");
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (text.length() < least && least <= 4096) {
            text = text + "x".repeat(least - text.length());
        }
        return text.length() > most ? text.substring(0, most) : text;
    }

    private static double number(JsonNode schema) {
        double step = schema.path("multipleOf").asDouble(1);
        double number = 0;
        if (schema.path("minimum").isNumber()) {
            number = schema.path("minimum").asDouble();
        } else if (schema.path("exclusiveMinimum").isNumber()) {
            number = Math.floor(schema.path("exclusiveMinimum").asDouble() / step) * step + step;
        } else if (schema.path("maximum").isNumber()) {
            number = Math.min(0, schema.path("maximum").asDouble());
        } else if (schema.path("exclusiveMaximum").isNumber()) {
            number = Math.min(0, schema.path("exclusiveMaximum").asDouble() - step);
        }
        return Math.ceil(number / step) * step;
    }
}

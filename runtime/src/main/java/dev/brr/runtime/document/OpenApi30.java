package dev.brr.runtime.document;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rewrites the schemas of an OpenAPI 3.0 document to mean the same in 3.1 (JSON Schema 2020-12). */
final class OpenApi30 {
    /** What holds a value to further schemas, or to one value, of which each may refuse null. */
    private static final List<String> FURTHER =
            List.of("$ref", "allOf", "oneOf", "anyOf", "not", "discriminator", "const", "if", "then", "else");

    private static final List<String> STYLES = List.of("style", "explode", "allowReserved");

    /** Only a Path Item may have keys beside {@code $ref} that count (OpenAPI 3.0.4, sections 4.7.9 and 4.7.23). */
    private static final Set<String> OF_PATH_ITEMS = Set.of(
            "get",
            "put",
            "post",
            "delete",
            "options",
            "head",
            "patch",
            "trace",
            "servers",
            "parameters",
            "summary",
            "x-brr-cors",
            "x-brr-rate-limit");

    private OpenApi30() {}

    /** Whether a document is of 3.0. */
    static boolean isVersionOf(JsonNode root) {
        return root.path("openapi").asString("").startsWith("3.0");
    }

    /**
     * Rewrites in place: {@code nullable}, and {@code exclusiveMinimum} and {@code exclusiveMaximum} as flags; and takes
     * away what stands beside a {@code $ref}, which 3.0 ignores and 3.1 does not.
     *
     * <p>The {@code style} of a multipart form's encoding, which 3.0 ignores as well (section 4.7.15.1.2), goes likewise.
     *
     * <p>By the letter (OpenAPI 3.0.4, section 4.7.24.1) {@code nullable} counts beside {@code type} alone. Who writes it
     * beside {@code $ref}, {@code allOf} and the like, or beside what only 3.1 has ({@code const}, several types), can only
     * mean that null is taken, and so it is.
     */
    static void upgrade(JsonNode root) {
        KeywordObjects.visit(root, (object, pointer) -> {
            if (isMultipart(pointer)) {
                object.path("encoding").forEach(OpenApi30::removeStyle);
            }
            exclusive(object, "exclusiveMinimum", "minimum");
            exclusive(object, "exclusiveMaximum", "maximum");
            boolean takesNull = removeNullable(object);
            if (References.isReference(object) && OF_PATH_ITEMS.stream().noneMatch(object::has)) {
                object.retain("$ref");
            }
            if (takesNull) {
                nullable(object);
            }
        });
    }

    private static boolean isMultipart(String pointer) {
        return pointer.contains("/content/multipart~1")
                && Pointer.tokens(pointer).getLast().startsWith("multipart/");
    }

    private static void removeStyle(JsonNode encoding) {
        if (encoding instanceof ObjectNode object) {
            object.remove(STYLES);
        }
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

    private static boolean removeNullable(ObjectNode schema) {
        JsonNode nullable = schema.get("nullable");
        if (nullable == null || !nullable.isBoolean()) {
            return false;
        }
        schema.remove("nullable");
        return nullable.booleanValue();
    }

    private static void nullable(ObjectNode schema) {
        if (schema.path("type").isString()) {
            String type = schema.get("type").stringValue();
            schema.putArray("type").add(type).add("null");
        } else if (schema.get("type") instanceof ArrayNode types && !holds(types, "null")) {
            types.add("null");
        }
        if (schema.get("enum") instanceof ArrayNode values && !holdsNull(values)) {
            values.addNull();
        }
        if (FURTHER.stream().anyMatch(keyword -> !keyword.equals("discriminator") && schema.has(keyword))) {
            orNull(schema);
        }
    }

    private static boolean holds(ArrayNode types, String type) {
        for (JsonNode each : types) {
            if (each.asString("").equals(type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsNull(ArrayNode values) {
        for (JsonNode value : values) {
            if (value.isNull()) {
                return true;
            }
        }
        return false;
    }

    /** Moves what holds a value to further schemas to where null has a way around it. */
    private static void orNull(ObjectNode schema) {
        ObjectNode further = schema.objectNode();
        for (String keyword : FURTHER) {
            JsonNode value = schema.remove(keyword);
            if (value != null) {
                further.set(keyword, value);
            }
        }
        ArrayNode either = schema.putArray("anyOf");
        either.add(further);
        either.addObject().put("type", "null");
    }
}

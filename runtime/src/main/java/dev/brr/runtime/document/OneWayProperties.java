package dev.brr.runtime.document;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Properties that travel one way only: {@code readOnly} ones are not asked of requests and {@code writeOnly} ones not of
 * responses, though {@code required} names them (OpenAPI 3.0.4, section 4.7.24.2).
 */
final class OneWayProperties {
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

    private void rewrite(JsonNode root) {
        KeywordObjects.visit(root, (schema, _) -> {
            if (schema.has("required") || schema.has("allOf")) {
                Set<String> oneWay = new HashSet<>();
                collect(schema, oneWay, identities());
                relax(schema, oneWay);
            }
        });
    }

    private static Set<JsonNode> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Names the properties of a schema, and of those that its values have to hold to as well, that travel one way. */
    private void collect(JsonNode schema, Set<String> oneWay, Set<JsonNode> seen) {
        if (!seen.add(schema)) {
            return;
        }
        schema.path("properties").forEachEntry((name, property) -> {
            if (travelsOneWay(property)) {
                oneWay.add(name);
            }
        });
        schema.path("allOf").forEach(branch -> collect(branch, oneWay, seen));
        target(schema).ifPresent(target -> collect(target, oneWay, seen));
    }

    private Optional<JsonNode> target(JsonNode schema) {
        return References.isReference(schema)
                ? references.target(schema.get("$ref").stringValue()).map(Located::node)
                : Optional.empty();
    }

    /** Takes the names out of what the schema requires, and out of what those written inside it do. */
    private static void relax(JsonNode schema, Set<String> oneWay) {
        if (schema.get("required") instanceof ArrayNode required) {
            for (int i = required.size() - 1; i >= 0; i--) {
                if (oneWay.contains(required.get(i).asString(""))) {
                    required.remove(i);
                }
            }
        }
        schema.path("allOf").forEach(branch -> relax(branch, oneWay));
    }

    /** Whether a property says so itself, or one of the schemas that it refers to. */
    private boolean travelsOneWay(JsonNode property) {
        Set<JsonNode> seen = identities();
        Optional<JsonNode> at = Optional.of(property);
        while (at.isPresent() && seen.add(at.get())) {
            if (at.get().path(flag).asBoolean(false)) {
                return true;
            }
            at = target(at.get());
        }
        return false;
    }
}

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
            if (schema.has("properties") || schema.has("allOf")) {
                Set<String> oneWay = new HashSet<>();
                collect(schema, oneWay, Collections.newSetFromMap(new IdentityHashMap<>()));
                relax(schema, oneWay);
            }
        });
    }

    /** Names the properties of a schema, and of those that it has to hold to as well, that travel one way. */
    private void collect(JsonNode schema, Set<String> oneWay, Set<JsonNode> seen) {
        schema.path("properties").forEachEntry((name, property) -> {
            if (travelsOneWay(property)) {
                oneWay.add(name);
            }
        });
        for (JsonNode branch : schema.path("allOf")) {
            followed(branch).ifPresent(found -> {
                if (seen.add(found)) {
                    collect(found, oneWay, seen);
                }
            });
        }
    }

    private Optional<JsonNode> followed(JsonNode node) {
        return References.isReference(node)
                ? references
                        .target(node.get("$ref").stringValue())
                        .flatMap(references::follow)
                        .map(Located::node)
                : Optional.of(node);
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

    private boolean travelsOneWay(JsonNode property) {
        return property.path(flag).asBoolean(false)
                || (References.isReference(property)
                        && followed(property)
                                .filter(found -> found.path(flag).asBoolean(false))
                                .isPresent());
    }
}

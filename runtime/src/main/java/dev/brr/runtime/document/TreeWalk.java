package dev.brr.runtime.document;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Walks a whole document once and notes its references and schemas.
 *
 * <p>Keys that the author chose (property, path, component names) are told from keys that OpenAPI gives a meaning to, and
 * values that are data (examples, defaults, enums, extensions) are left alone: a {@code $ref} in them is text.
 */
final class TreeWalk {
    private final Map<String, String> references = new LinkedHashMap<>();
    private final Map<String, String> dynamicReferences = new LinkedHashMap<>();
    private final Map<String, String> anchors = new HashMap<>();
    private final Map<String, JsonNode> schemas = new LinkedHashMap<>();

    private TreeWalk() {}

    static TreeWalk of(JsonNode root) {
        TreeWalk walk = new TreeWalk();
        walk.visit(root, "", false);
        return walk;
    }

    /** Pointer of each {@code $ref} to its text. */
    Map<String, String> references() {
        return references;
    }

    /** Pointer of each {@code $dynamicRef} to its text. */
    Map<String, String> dynamicReferences() {
        return dynamicReferences;
    }

    /** Each reference that an {@code $anchor} allows, to the pointer of its schema. */
    Map<String, String> anchors() {
        return anchors;
    }

    /** Pointer to schema, for each outermost schema. */
    Map<String, JsonNode> schemas() {
        return schemas;
    }

    private void visit(JsonNode node, String pointer, boolean keysAreNames) {
        if (node.isArray()) {
            int index = 0;
            for (JsonNode item : node) {
                visit(item, Pointer.child(pointer, String.valueOf(index++)), false);
            }
        } else if (node.isObject()) {
            node.forEachEntry((key, value) -> {
                String child = Pointer.child(pointer, key);
                if (keysAreNames) {
                    noteSchema(pointer.equals("/components/schemas"), value, child);
                    visit(value, child, false);
                } else {
                    visitKeyword(key, value, child);
                }
            });
        }
    }

    private void visitKeyword(String key, JsonNode value, String pointer) {
        switch (key) {
            case "$ref" -> {
                if (value.isString()) {
                    references.put(pointer, value.stringValue());
                }
            }
            case "$dynamicRef" -> dynamicReferences.put(pointer, value.asString(""));
            case "$anchor", "$dynamicAnchor" -> anchors.put("#" + value.asString(""), Pointer.parent(pointer));
            default -> {
                if (KeywordObjects.holdsData(key, value)) {
                    return;
                }
                noteSchema(key.equals("schema"), value, pointer);
                visit(value, pointer, KeywordObjects.holdsNames(key));
            }
        }
    }

    private void noteSchema(boolean isSchema, JsonNode value, String pointer) {
        if (isSchema) {
            schemas.put(pointer, value);
        }
    }
}

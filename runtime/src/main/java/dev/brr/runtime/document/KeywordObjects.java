package dev.brr.runtime.document;

import dev.brr.runtime.document.SchemaKeyword.Holds;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the objects of a document whose keys OpenAPI or JSON Schema give a meaning to from those whose keys the author
 * chose (a property may be called {@code default}), and both from values that are data.
 */
final class KeywordObjects {
    /** Of OpenAPI's own objects; those of schemas are {@link SchemaKeyword}s. */
    private static final Set<String> NAMED_BY_AUTHOR = Set.of(
            "schemas",
            "parameters",
            "headers",
            "responses",
            "requestBodies",
            "securitySchemes",
            "links",
            "callbacks",
            "pathItems",
            "content",
            "encoding",
            "variables",
            "paths",
            "examples",
            "webhooks");

    private static final Set<String> DATA = Set.of("value", "mapping");

    private KeywordObjects() {}

    /** Whether the keys of a keyword's value are names that the author chose. */
    static boolean holdsNames(String keyword) {
        return NAMED_BY_AUTHOR.contains(keyword) || holds(keyword, Holds.SCHEMAS_BY_NAME);
    }

    /** Whether a keyword's value is data, in which no key has a meaning. */
    static boolean holdsData(String keyword, JsonNode value) {
        return DATA.contains(keyword)
                || holds(keyword, Holds.DATA)
                || keyword.startsWith("x-")
                || (keyword.equals("examples") && value.isArray());
    }

    private static boolean holds(String keyword, Holds what) {
        SchemaKeyword known = SchemaKeyword.of(keyword);
        return known != null && known.holds() == what;
    }

    /** Gives each such object with its pointer, those inside before those around them; a visitor may change them. */
    static void visit(JsonNode root, BiConsumer<ObjectNode, String> visitor) {
        visit(root, "", false, visitor);
    }

    private static void visit(
            JsonNode node, String pointer, boolean keysAreNames, BiConsumer<ObjectNode, String> visitor) {
        if (node.isArray()) {
            int index = 0;
            for (JsonNode item : node) {
                visit(item, Pointer.child(pointer, String.valueOf(index++)), false, visitor);
            }
        } else if (node instanceof ObjectNode object) {
            for (String key : List.copyOf(object.propertyNames())) {
                JsonNode value = object.get(key);
                if (keysAreNames || !holdsData(key, value)) {
                    visit(value, Pointer.child(pointer, key), !keysAreNames && holdsNames(key), visitor);
                }
            }
            if (!keysAreNames) {
                visitor.accept(object, pointer);
            }
        }
    }
}

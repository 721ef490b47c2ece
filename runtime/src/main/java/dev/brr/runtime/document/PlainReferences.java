package dev.brr.runtime.document;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewrites a document so that every reference in it is a pointer from the document's root.
 *
 * <p>A reference to an anchor becomes one to its place. A schema's {@code $id} is taken out: it would make the references
 * below it begin at that schema, which is not what authors of OpenAPI documents mean by {@code #/components}.
 */
final class PlainReferences {

    private PlainReferences() {}

    /** Rewrites in place. */
    static void rewrite(JsonNode root, TreeWalk walk) {
        for (Map.Entry<String, String> reference : walk.references().entrySet()) {
            String target = walk.anchors().get(reference.getValue());
            if (target != null && holder(root, reference.getKey()) instanceof ObjectNode holder) {
                holder.put("$ref", "#" + target.replace("%", "%25"));
            }
        }
        KeywordObjects.visit(root, (object, _) -> {
            if (object.path("$id").isString()) {
                object.remove("$id");
            }
        });
    }

    private static JsonNode holder(JsonNode root, String pointer) {
        JsonNode node = root;
        for (String token : Pointer.tokens(Pointer.parent(pointer))) {
            node = node.isArray() ? node.path(Integer.parseInt(token)) : node.path(token);
        }
        return node;
    }
}

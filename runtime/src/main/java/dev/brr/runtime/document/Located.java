package dev.brr.runtime.document;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A value together with where it stands in the document. */
record Located(JsonNode node, String pointer) {

    boolean isObject() {
        return node.isObject();
    }

    /** Lists the members of a map, each with its key as the last token of its pointer. */
    List<Member> members() {
        List<Member> members = new ArrayList<>();
        node.forEachEntry((key, value) ->
                members.add(new Member(key, new Located(value, Pointer.child(pointer, key)))));
        return members;
    }

    /** Lists the items of a list; none of what is no list, be it a map. */
    List<Located> items() {
        if (!node.isArray()) {
            return List.of();
        }
        List<Located> items = new ArrayList<>();
        for (JsonNode item : node) {
            items.add(new Located(item, Pointer.child(pointer, String.valueOf(items.size()))));
        }
        return items;
    }

    /** A member of a map. */
    record Member(String key, Located value) {}
}

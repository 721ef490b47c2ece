package dev.brr.runtime.document;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Follows the local {@code $ref}s of a document. */
public final class References {
    private final JsonNode root;

    public References(JsonNode root) {
        this.root = root;
    }

    /** Follows a chain of references from a value to what it stands for; nothing when the chain is broken or a ring. */
    Optional<Located> follow(Located from) {
        Located at = from;
        Set<String> seen = new HashSet<>();
        while (isReference(at.node())) {
            Optional<Located> next = target(at.node().get("$ref").stringValue());
            if (next.isEmpty() || !seen.add(at.pointer())) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** Follows a chain of references from the schema at a pointer and gives the pointer of what it stands for. */
    public Optional<String> follow(String pointer) {
        return at(pointer).flatMap(this::follow).map(Located::pointer);
    }

    /** Follows a chain of references from the value at a pointer and gives what it stands for. */
    public Optional<JsonNode> node(String pointer) {
        return at(pointer).flatMap(this::follow).map(Located::node);
    }

    /**
     * Lists the schema at a pointer and those that it refers to, one through the other, by their pointers: a value has to
     * hold to each, because keywords beside a {@code $ref} count (OpenAPI 3.1).
     *
     * @return nothing when the chain is broken or a ring
     */
    public SequencedMap<String, JsonNode> chain(String pointer) {
        SequencedMap<String, JsonNode> chain = new LinkedHashMap<>();
        Optional<Located> next = at(pointer);
        while (next.isPresent()) {
            Located at = next.get();
            if (chain.put(at.pointer(), at.node()) != null) {
                break;
            }
            if (!isReference(at.node())) {
                return chain;
            }
            next = target(at.node().get("$ref").stringValue());
        }
        return new LinkedHashMap<>();
    }

    /** Finds the value that a reference of the form {@code #/a/b} stands for. */
    Optional<Located> target(String reference) {
        if (!reference.startsWith("#/")) {
            return reference.equals("#") ? Optional.of(new Located(root, "")) : Optional.empty();
        }
        try {
            return at(URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<Located> at(String pointer) {
        @Nullable JsonNode node = root;
        for (String token : Pointer.tokens(pointer)) {
            node = node.isArray() ? item(node, token) : node.get(token);
            if (node == null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Located(node, pointer));
    }

    private static @Nullable JsonNode item(JsonNode array, String token) {
        try {
            return array.get(Integer.parseInt(token));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    static boolean isReference(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference != null && reference.isString();
    }
}

package dev.brr.runtime.contract;

import dev.brr.runtime.document.References;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How many bytes a file may have: {@code minLength} and {@code maxLength} of its schema, a byte for a character.
 *
 * @param least at least so many
 * @param most at most so many
 */
record ByteBounds(long least, long most) {
    static final ByteBounds NONE = new ByteBounds(0, Long.MAX_VALUE);

    /** Reads those of the schema at a pointer, or of the one that it refers to. */
    static ByteBounds of(References references, String pointer) {
        return references
                .node(pointer)
                .map(schema ->
                        new ByteBounds(bound(schema, "minLength", 0), bound(schema, "maxLength", Long.MAX_VALUE)))
                .orElse(NONE);
    }

    private static long bound(JsonNode schema, String keyword, long otherwise) {
        JsonNode bound = schema.path(keyword);
        return bound.isIntegralNumber() && bound.canConvertToLong() ? bound.longValue() : otherwise;
    }

    /** Holds a file to them. */
    Optional<Violation> check(String pointer, long size) {
        if (size < least) {
            return Optional.of(Violation.ofBody(pointer, "minLength", "must be at least " + least + " bytes long"));
        }
        return size > most
                ? Optional.of(Violation.ofBody(pointer, "maxLength", "must be at most " + most + " bytes long"))
                : Optional.empty();
    }
}

package dev.brr.runtime.contract;

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

    /** Reads those that a schema itself gives. */
    static ByteBounds of(JsonNode schema) {
        boolean isBound = schema.has("minLength") || schema.has("maxLength");
        return isBound
                ? new ByteBounds(bound(schema, "minLength", 0), bound(schema, "maxLength", Long.MAX_VALUE))
                : NONE;
    }

    /** Those of a file that has to keep both. */
    ByteBounds and(ByteBounds other) {
        return new ByteBounds(Math.max(least, other.least), Math.min(most, other.most));
    }

    /** Those of a file that keeps either. */
    ByteBounds or(ByteBounds other) {
        return new ByteBounds(Math.min(least, other.least), Math.max(most, other.most));
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

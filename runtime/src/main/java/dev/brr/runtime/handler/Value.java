package dev.brr.runtime.handler;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The value of a parameter, typed by its schema; it may be absent when the parameter is optional without a default. */
public interface Value {

    /** Whether the request has it, or the document a default. */
    boolean isPresent();

    /**
     * As text.
     *
     * @throws java.util.NoSuchElementException when it is absent
     */
    String text();

    /** As text, if present. */
    Optional<String> asText();

    /** As a whole number of 32 bits, if present and one. */
    OptionalInt asInt();

    /** As a whole number of 64 bits, if present and one. */
    OptionalLong asLong();

    /** As a number, if present and one. */
    OptionalDouble asDouble();

    /** As true or false, if present and either. */
    Optional<Boolean> asBoolean();

    /** The texts of its items; one text for a plain value; none when it is absent. */
    List<String> texts();

    /** Mapped to a list, map, record or class, if present. */
    <T> Optional<T> as(Class<T> type);
}

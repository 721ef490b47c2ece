package dev.brr.runtime.routing;

import java.util.List;

/**
 * What a router found for a request.
 *
 * @param <T> what routes lead to
 */
public sealed interface Match<T> {

    /**
     * The path and the method are known. {@code HEAD} finds the target of {@code GET} where it has none of its own.
     *
     * @param target what the route leads to
     * @param values the raw text of each path parameter, in the order of the template, not percent-decoded
     */
    record Found<T>(T target, List<String> values) implements Match<T> {}

    /**
     * The path is known and the method is not.
     *
     * @param allow the methods that are, for the {@code Allow} header
     * @param targets what their routes lead to, by the name of the method
     */
    record OtherMethods<T>(String allow, List<T> targets) implements Match<T> {}

    /** No template matches the path. */
    record Unknown<T>() implements Match<T> {}

    /** The path has a percent sign that encodes nothing. */
    record Malformed<T>() implements Match<T> {}
}

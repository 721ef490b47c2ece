package dev.brr.runtime.contract;

/**
 * Says where a request or response departs from the document.
 *
 * @param in {@code path}, {@code query}, {@code header}, {@code cookie} or {@code body}
 * @param name the parameter's name; empty for the body
 * @param pointer JSON pointer into the parameter's value or the body
 * @param keyword the schema keyword that does not hold, or what stands for one: {@code required}, {@code style}, ...
 * @param message what does not hold
 */
public record Violation(String in, String name, String pointer, String keyword, String message) {

    /** Makes a violation of the body as a whole or of the value at a pointer in it. */
    public static Violation ofBody(String pointer, String keyword, String message) {
        return new Violation("body", "", pointer, keyword, message);
    }

    Violation at(String place, String parameter) {
        return new Violation(place, parameter, pointer, keyword, message);
    }
}

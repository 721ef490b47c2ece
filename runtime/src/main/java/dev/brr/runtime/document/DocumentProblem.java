package dev.brr.runtime.document;

/**
 * Says what is wrong in a document, and where.
 *
 * @param line the line in the source text, counted from 1
 * @param pointer the JSON pointer of the value at fault, the empty string for the document itself
 * @param message what is wrong and what would be right
 */
public record DocumentProblem(int line, String pointer, String message) {

    /** Renders as {@code line 12, /paths/~1pets/get: message}. */
    public String text() {
        return "line " + line + ", " + (pointer.isEmpty() ? "/" : pointer) + ": " + message;
    }
}

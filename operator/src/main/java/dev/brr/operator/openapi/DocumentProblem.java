package dev.brr.operator.openapi;

/**
 * Names one thing that keeps a document from being served.
 *
 * @param line where, counted from 1; 0 where no line can be told
 * @param pointer the JSON pointer of the place
 * @param message what is wrong and what to do
 */
public record DocumentProblem(int line, String pointer, String message) {

    /** Returns the problem as one line for people. */
    public String text() {
        var place = pointer.isEmpty() ? "" : " " + pointer;
        return line > 0
                ? "line " + line + place + ": " + message
                : (place.isEmpty() ? message : place.strip() + ": " + message);
    }
}

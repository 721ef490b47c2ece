package dev.brr.jemalloc.conf;

/**
 * Says what is wrong with one option, in words for the person who wrote it.
 *
 * @param option the option's name as it was written; empty where the text has none
 * @param position zero-based offset of the mistake in the text, or {@link #NO_POSITION} where options came as a map
 * @param reason the kind of mistake, for code
 * @param message one sentence that begins with the option, for people
 */
public record MallocConfProblem(String option, int position, Reason reason, String message) {

    /** Stands where options did not come from one text. */
    public static final int NO_POSITION = -1;

    /** Kinds of mistakes. */
    public enum Reason {
        /** jemalloc 5.3 has no option of this name. */
        UNKNOWN_OPTION,
        /** The option is there twice; jemalloc takes the last without a word. */
        DUPLICATE_OPTION,
        /** The value is not of the option's type. */
        INVALID_VALUE,
        /** The value is of the right type, but jemalloc refuses, clips or wraps it. */
        OUT_OF_RANGE,
        /** The text is not a comma-separated list of {@code option:value}. */
        MALFORMED,
        /** Two options exclude each other, or one has no effect without another. */
        CONTRADICTION,
        /** jemalloc may take it, but no service should have it. */
        REFUSED
    }

    @Override
    public String toString() {
        return position == NO_POSITION ? message : "at " + (position + 1) + ": " + message;
    }
}

package dev.brr.runtime.config;

/**
 * How answers are sent.
 *
 * @param compressMinBytes from which size on answers are compressed for clients that take it; 0 for never
 */
public record AnswerSettings(int compressMinBytes) {
    /** Compressed from a kibibyte on. */
    public static final AnswerSettings DEFAULTS = new AnswerSettings(1024);

    /** The same with compression from another size on. */
    public AnswerSettings withCompressMinBytes(int bytes) {
        return new AnswerSettings(bytes);
    }
}

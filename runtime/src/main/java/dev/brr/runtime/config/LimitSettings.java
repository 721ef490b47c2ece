package dev.brr.runtime.config;

/**
 * How much the service takes.
 *
 * @param maxBodyBytes the largest request body that is taken
 */
public record LimitSettings(long maxBodyBytes) {
    /** Bodies up to 16 MiB. */
    public static final LimitSettings DEFAULTS = new LimitSettings(16L * 1024 * 1024);

    /** The same with another limit of request bodies. */
    public LimitSettings withMaxBodyBytes(long bytes) {
        return new LimitSettings(bytes);
    }
}

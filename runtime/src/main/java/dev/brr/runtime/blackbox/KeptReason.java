package dev.brr.runtime.blackbox;

/**
 * Says why evidence was kept.
 *
 * @param tag the word for metrics and names of files: {@code limit_80}, {@code floor_growth}
 */
public record KeptReason(String tag) {
    /** The low of an hour lies far above that of an earlier one. */
    public static final KeptReason FLOOR_GROWTH = new KeptReason("floor_growth");

    /** So many percent of the memory limit are used. */
    public static KeptReason limit(int percent) {
        return new KeptReason("limit_" + percent);
    }
}

package dev.brr.jemalloc.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the guard remembers from one look to the next.
 *
 * @param pressedSince when the pressure share was reached; null while there is calm
 * @param calmSince when use fell below the calm share; null while it is not below
 * @param shortened whether decay times are shortened
 * @param lastPurge when pages were given back last; null if never
 */
public record GuardState(
        @Nullable Duration pressedSince,
        @Nullable Duration calmSince,
        boolean shortened,
        @Nullable Duration lastPurge) {

    /** Nothing has been seen. */
    public static final GuardState START = new GuardState(null, null, false, null);

    /** Returns the word for it. */
    public Pressure pressure() {
        if (shortened) {
            return Pressure.SHORTENED;
        }
        return pressedSince == null ? Pressure.CALM : Pressure.PRESSED;
    }
}

package dev.brr.runtime.blackbox;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Holds the least that was used in this hour, and in an hour before. Lows are blind to waves of load.
 *
 * @param hour which hour it is since the warm-up; -1 before
 * @param low the least of this hour so far, in bytes
 * @param peak the most of this hour so far, in bytes
 * @param reference the low of an earlier hour that growth is measured against; 0 for none
 */
record HourlyFloor(long hour, long low, long peak, long reference) {
    static final HourlyFloor START = new HourlyFloor(-1, Long.MAX_VALUE, 0, 0);

    /** What a JVM takes while it starts and warms up is no growth. */
    static final Duration WARM_UP = Duration.ofMinutes(10);

    private static final Duration HOUR = Duration.ofHours(1);

    /** The hour that ended with a look. */
    record Ended(long low, long peak, OptionalLong reference) {
        /** How far the low lies above the reference, in percent; 0 without one. */
        long growthPercent() {
            long before = reference.orElse(0);
            return before == 0 ? 0 : Math.max(0, (low - before) / Math.max(1, before / 100));
        }

        /** The same in bytes. */
        long growthBytes() {
            return reference.isEmpty() ? 0 : Math.max(0, low - reference.getAsLong());
        }
    }

    /** Whether a look at this time ends the hour. */
    boolean endsAt(Duration at) {
        return hour >= 0 && number(at) > hour;
    }

    /** What the hour was. */
    Ended ended() {
        return new Ended(low, peak, reference == 0 ? OptionalLong.empty() : OptionalLong.of(reference));
    }

    /** With one look more; a new hour measures against the lesser of the low before and the reference. */
    HourlyFloor with(Duration at, long used) {
        long now = number(at);
        if (now < 0) {
            return this;
        }
        if (now == hour) {
            return new HourlyFloor(hour, Math.min(low, used), Math.max(peak, used), reference);
        }
        long earlier = hour < 0 ? 0 : reference == 0 ? low : Math.min(low, reference);
        return new HourlyFloor(now, used, used, earlier);
    }

    /** Measures from now on against the low of the hour that ended. */
    HourlyFloor measuredFrom(long endedLow) {
        return new HourlyFloor(hour, low, peak, endedLow);
    }

    private static long number(Duration at) {
        return at.compareTo(WARM_UP) < 0 ? -1 : at.minus(WARM_UP).dividedBy(HOUR);
    }
}

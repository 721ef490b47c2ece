package dev.brr.jemalloc.guard;

import java.time.Duration;

/**
 * Says when the guard acts. Percentages are of the memory limit.
 *
 * @param pressurePercent from here on there is pressure
 * @param calmPercent below here there is none any more
 * @param criticalPercent from here on every unused page counts
 * @param dirtyPercent how much has to be in unused pages for a purge to be worth it; a fifth of it when critical
 * @param interval between two looks
 * @param purgeInterval the least time between two purges; a tenth of it when critical
 * @param sustained how long pressure lasts before decay times are shortened
 * @param calmFor how long calm lasts before they are restored
 * @param decayMillis what they are shortened to, in milliseconds
 */
public record GuardSettings(
        int pressurePercent,
        int calmPercent,
        int criticalPercent,
        int dirtyPercent,
        Duration interval,
        Duration purgeInterval,
        Duration sustained,
        Duration calmFor,
        long decayMillis) {

    /** Pressure from 85 % to below 75 %, a purge in ten seconds at the most. */
    public static final GuardSettings DEFAULTS = new GuardSettings(
            85,
            75,
            95,
            5,
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            100);

    /** Refuses what would flap or never end. */
    public GuardSettings {
        if (calmPercent < 1 || calmPercent >= pressurePercent || pressurePercent > criticalPercent) {
            throw new IllegalArgumentException("calm %d, pressure %d, critical %d: have to rise, from 1 on"
                    .formatted(calmPercent, pressurePercent, criticalPercent));
        }
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval: has to be above 0, not " + interval);
        }
    }

    /** The same with other shares for pressure and calm; critical stays above both. */
    public GuardSettings withShares(int pressure, int calm) {
        return new GuardSettings(
                pressure,
                calm,
                Math.max(pressure, criticalPercent),
                dirtyPercent,
                interval,
                purgeInterval,
                sustained,
                calmFor,
                decayMillis);
    }

    /** The same with other times. */
    public GuardSettings withTimes(Duration look, Duration purge, Duration pressure, Duration calm) {
        return new GuardSettings(
                pressurePercent, calmPercent, criticalPercent, dirtyPercent, look, purge, pressure, calm, decayMillis);
    }

    /** The same with another short decay time. */
    public GuardSettings withDecayMillis(long millis) {
        return new GuardSettings(
                pressurePercent,
                calmPercent,
                criticalPercent,
                dirtyPercent,
                interval,
                purgeInterval,
                sustained,
                calmFor,
                millis);
    }
}

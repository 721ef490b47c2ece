package dev.brr.runtime.config;

import dev.brr.jemalloc.guard.GuardSettings;
import java.util.OptionalLong;

/**
 * What is done before memory runs out.
 *
 * @param limitBytes a memory limit besides that of the control group
 * @param guardEnabled whether unused pages are given back near the limit
 * @param guard when
 * @param blackBox what is kept as evidence
 */
public record MemorySettings(
        OptionalLong limitBytes, boolean guardEnabled, GuardSettings guard, BlackBoxSettings blackBox) {
    /** A guard wherever there is a limit, and no place for evidence. */
    public static final MemorySettings DEFAULTS =
            new MemorySettings(OptionalLong.empty(), true, GuardSettings.DEFAULTS, BlackBoxSettings.DEFAULTS);

    /** The same with another limit. */
    public MemorySettings withLimitBytes(long bytes) {
        return new MemorySettings(OptionalLong.of(bytes), guardEnabled, guard, blackBox);
    }

    /** The same with other rules for evidence. */
    public MemorySettings withBlackBox(BlackBoxSettings other) {
        return new MemorySettings(limitBytes, guardEnabled, guard, other);
    }
}

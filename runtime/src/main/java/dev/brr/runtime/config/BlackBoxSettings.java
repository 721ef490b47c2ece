package dev.brr.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is kept when memory runs out. Percentages are of the memory limit.
 *
 * @param directory where it is kept; nothing is kept without
 * @param firstPercent from here on something is kept
 * @param secondPercent and once more from here on
 * @param samplingPercent from here on allocations are sampled, so that there is something to keep
 * @param growthPercent how much the low of an hour may lie above that of an earlier hour before something is kept
 * @param interval the least time until something is kept for the same reason again
 * @param entries the most pieces of evidence
 * @param bytes the most bytes of all evidence
 */
public record BlackBoxSettings(
        Optional<Path> directory,
        int firstPercent,
        int secondPercent,
        int samplingPercent,
        int growthPercent,
        Duration interval,
        int entries,
        long bytes) {
    /** No directory; evidence at 80 and 90 percent and a fifth of growth, eight pieces in 32 MiB. */
    public static final BlackBoxSettings DEFAULTS =
            new BlackBoxSettings(Optional.empty(), 80, 90, 60, 20, Duration.ofMinutes(10), 8, 32L << 20);

    /** The same in a directory. */
    public BlackBoxSettings withDirectory(Path folder) {
        return new BlackBoxSettings(
                Optional.of(folder),
                firstPercent,
                secondPercent,
                samplingPercent,
                growthPercent,
                interval,
                entries,
                bytes);
    }
}

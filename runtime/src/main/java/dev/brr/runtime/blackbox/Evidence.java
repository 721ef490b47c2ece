package dev.brr.runtime.blackbox;

import java.util.Map;

/**
 * One piece of evidence, as it lies in the ring.
 *
 * @param name its folder: time, reason and the run's fingerprint, so that names sort by time
 * @param files sizes in bytes by name
 * @param beforeRestart whether a former run of the service kept it
 */
public record Evidence(String name, Map<String, Long> files, boolean beforeRestart) {
    /** What is written about it, for people and programs. */
    public static final String ABOUT = "about.json";
    /** The profile for {@code go tool pprof}. */
    public static final String PPROF = "profile.pb.gz";
    /** The profile as collapsed stacks. */
    public static final String COLLAPSED = "profile.collapsed";
    /** What {@code malloc_stats_print} says, as JSON. */
    public static final String STATISTICS = "statistics.json";

    public Evidence {
        files = Map.copyOf(files);
    }

    /** All its bytes. */
    public long bytes() {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }
}

package dev.brr.jemalloc.conf;

import java.util.OptionalInt;

/**
 * Holds the CPU limit that a process runs under, which jemalloc does not see: it counts the node's CPUs.
 *
 * @param millicores as Kubernetes counts them, 1000 for one CPU; empty where there is no limit
 */
public record CpuLimit(OptionalInt millicores) {

    /**
     * Counts as this many CPUs where there is no limit.
     *
     * <p>jemalloc would make 4 arenas for each CPU of the node. On an emulated node of 64 CPUs, 64 threads on 256
     * arenas held 2211 MiB at their peak, on 4 arenas 1030 and on 2 arenas 943 ({@code scripts/bench
     * malloc}). Two CPUs give 2 arenas with Balanced, and an override of {@code narenas} any other number.
     */
    public static final int CPUS_WITHOUT_LIMIT = 2;

    /** Refuses a limit below one millicore, which Kubernetes does not know. */
    public CpuLimit {
        if (millicores.isPresent() && millicores.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "a CPU limit of %dm; it is at least 1m".formatted(millicores.getAsInt()));
        }
    }

    /** Returns a limit in millicores, at least 1. */
    public static CpuLimit ofMillicores(int millicores) {
        return new CpuLimit(OptionalInt.of(millicores));
    }

    /** Returns the absence of a limit. */
    public static CpuLimit none() {
        return new CpuLimit(OptionalInt.empty());
    }

    /** Returns the CPUs the limit allows at once, rounded up, at least 1; without one, {@link #CPUS_WITHOUT_LIMIT}. */
    public int cpus() {
        return millicores.isPresent() ? Math.ceilDiv(millicores.getAsInt(), 1000) : CPUS_WITHOUT_LIMIT;
    }
}

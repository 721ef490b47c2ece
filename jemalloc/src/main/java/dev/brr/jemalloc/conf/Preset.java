package dev.brr.jemalloc.conf;

import java.util.Arrays;
import java.util.Optional;

/**
 * Stands for a set of options that belong together. The figures are from {@code scripts/bench malloc}; its section of
 * {@code docs/benchmarks.md} has a row for each option.
 *
 * <p>All have in common:
 * <ul>
 *   <li>{@code abort_conf:true}, first: jemalloc stops reading at a malformed part, and only what it read before counts.
 *   <li>{@code background_thread:true}: without it nothing gives memory back while the service is idle. A drained JVM
 *       held 875 MiB without and 263 with it.
 *   <li>{@code narenas} from the CPU limit, because jemalloc counts the CPUs of the node.
 *   <li>{@code prof:true}, because profiling can be switched on later only in a process that was started with it, and
 *       {@code prof_active} always said, because it is true where it is left out.
 * </ul>
 */
public enum Preset {
    /** Small pods, many replicas: half the arenas, memory back within a second, small thread caches. */
    LOW_RSS("LowRss"),
    /** Everything else, and the default: as many arenas as CPUs, memory back within seconds. */
    BALANCED("Balanced"),
    /** Many CPUs, memory to spare: jemalloc's own number of arenas for the CPUs of the limit, memory kept for 30 s. */
    THROUGHPUT("Throughput"),
    /** Balanced, with a heap profile being taken from the start: one sample in 512 KiB on average. */
    PROFILING("Profiling");

    private static final int BALANCED_ARENAS_MAX = 8;
    private static final int ARENAS_PER_CPU = 4;
    private static final int ARENAS_MAX = 4094;

    private final String value;

    Preset(String value) {
        this.value = value;
    }

    /** Returns the word that stands for it in {@code spec.malloc.preset}. */
    public String value() {
        return value;
    }

    /** Returns the preset that a word stands for. */
    public static Optional<Preset> of(String value) {
        return Arrays.stream(values())
                .filter(preset -> preset.value.equals(value))
                .findFirst();
    }

    /** Returns the number of arenas for a CPU limit. */
    public int narenas(CpuLimit limit) {
        int cpus = limit.cpus();
        return switch (this) {
            case LOW_RSS -> Math.min(halfUp(limit), ARENAS_MAX);
            case BALANCED, PROFILING -> Math.min(cpus, BALANCED_ARENAS_MAX);
            case THROUGHPUT -> (int) Math.min((long) ARENAS_PER_CPU * cpus, ARENAS_MAX);
        };
    }

    /** Returns the options for a CPU limit, {@code abort_conf:true} first. */
    public MallocConf conf(CpuLimit limit) {
        MallocConf common = MallocConf.empty()
                .with("abort_conf", "true")
                .with("background_thread", "true")
                .with("narenas", Integer.toString(narenas(limit)));
        return switch (this) {
            case LOW_RSS -> ready(decay(common, 1000).with("tcache_max", "4096"));
            case BALANCED -> ready(decay(common, 5000));
            case THROUGHPUT -> ready(decay(common, 30000));
            case PROFILING -> profiling(decay(common, 5000));
        };
    }

    /** Muzzy pages count as RSS until the kernel needs them, and spared no page fault that could be measured. */
    private static MallocConf decay(MallocConf conf, int dirtyMillis) {
        return conf.with("dirty_decay_ms", Integer.toString(dirtyMillis)).with("muzzy_decay_ms", "0");
    }

    private static MallocConf ready(MallocConf conf) {
        return conf.with("prof", "true").with("prof_active", "false");
    }

    private static MallocConf profiling(MallocConf conf) {
        return conf.with("prof", "true").with("prof_active", "true").with("lg_prof_sample", "19");
    }

    private static int halfUp(CpuLimit limit) {
        int millicores = limit.millicores().orElse(CpuLimit.CPUS_WITHOUT_LIMIT * 1000);
        return Math.ceilDiv(millicores, 2000);
    }
}

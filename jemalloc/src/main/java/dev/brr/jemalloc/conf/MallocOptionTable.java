package dev.brr.jemalloc.conf;

import static dev.brr.jemalloc.conf.ControlType.BOOL;
import static dev.brr.jemalloc.conf.ControlType.FIXED_POINT;
import static dev.brr.jemalloc.conf.ControlType.INT64;
import static dev.brr.jemalloc.conf.ControlType.SIZE;
import static dev.brr.jemalloc.conf.ControlType.SSIZE;
import static dev.brr.jemalloc.conf.ControlType.STRING;
import static dev.brr.jemalloc.conf.ControlType.UINT64;
import static dev.brr.jemalloc.conf.ControlType.UNSIGNED;

import dev.brr.jemalloc.conf.MallocOption.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the options of jemalloc 5.3.0.
 *
 * <p>Sources: jemalloc(3), TUNING, {@code opt.*}, for those that are documented; the release's option parser for the
 * rest and for the ranges. Ranges that depend on the page size are those of 4 KiB pages and 2 MiB huge pages. What a
 * build leaves out is what Debian's {@code libjemalloc2} 5.3.0-1 leaves out; a test asks the library itself.
 */
final class MallocOptionTable {

    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final long PAGE = 4096;
    private static final long HUGE_PAGE = 2L << 20;
    /** jemalloc takes a smaller threshold for 0, which means none. */
    private static final long LARGE_MIN_CLASS = 16384;

    private static final long LARGE_MAX_CLASS = 0x7000_0000_0000_0000L;
    /** {@code NSTIME_SEC_MAX} in milliseconds. */
    private static final long DECAY_MAX = 18_446_744_072_000L;
    /** jemalloc lowers more to this and only prints "Reducing narenas to limit (4094)". */
    private static final long ARENAS_MAX = 4094;

    /** With more, {@link #ARENAS_MAX} would be passed on the machines with the most CPUs. */
    private static final int NARENAS_RATIO_MAX = 16;

    private static final long TCACHE_MAX = 8L << 20;
    private static final String STATS_LETTERS = "Jgmdablxeh";

    private static final Refusal MUST_STAY_ON = new Refusal(
            Set.of("true"), "without it jemalloc ignores a mistake in its options instead of refusing to start");
    private static final Refusal NOT_A_SETTING =
            new Refusal(Set.of(), "jemalloc 5.3.0 documents it but takes it from no MALLOC_CONF");
    private static final Refusal NOT_BUILT_IN =
            new Refusal(Set.of(), "Debian's libjemalloc2 5.3.0 is built without it and would not start");
    private static final Refusal WRITES_FILES = new Refusal(
            Set.of("false", "-1"),
            "it writes files into the working directory of the service and of every process it starts");
    private static final Refusal PRINTS_ALL_THE_TIME = new Refusal(
            Set.of("-1"), "allocations would wait while all statistics are printed to stderr; the metrics have them");
    private static final Refusal ENDS_PROCESS = new Refusal(
            Set.of("false"), "it makes the service exit with an error whenever anything is still allocated");
    private static final Refusal KILLS_PROCESS =
            new Refusal(Set.of("alloc", "free"), "it kills the service at the first realloc of a size of 0");

    private static final Refusal HUGE_PAGE_ALLOCATOR = new Refusal(
            Set.of("false"),
            "the huge page allocator of 5.3.0 is experimental; some settings of it make a process spin for ever");

    private static final OptionType BOOLEAN = new OptionType.Bool();

    static final List<MallocOption> ALL = List.of(
            bool("confirm_conf"),
            bool("abort"),
            new MallocOption("abort_conf", BOOLEAN, BOOL, MUST_STAY_ON),
            new MallocOption("cache_oblivious", BOOLEAN, BOOL, NOT_A_SETTING),
            bool("trust_madvise"),
            words("metadata_thp", "disabled", "auto", "always"),
            bool("retain"),
            words("dss", "disabled", "primary", "secondary"),
            new MallocOption("narenas", new OptionType.Whole(1, ARENAS_MAX, Optional.of("default")), UNSIGNED, null),
            new MallocOption("narenas_ratio", new OptionType.Ratio(NARENAS_RATIO_MAX), null, null),
            new MallocOption("bin_shards", new OptionType.SizeGroups(SizeClasses.SHARDS, Optional.empty()), null, null),
            number("mutex_max_spin", INT64, -1, NO_LIMIT),
            number("dirty_decay_ms", SSIZE, -1, DECAY_MAX),
            number("muzzy_decay_ms", SSIZE, -1, DECAY_MAX),
            bool("stats_print"),
            new MallocOption("stats_print_opts", new OptionType.Letters(STATS_LETTERS), STRING, null),
            new MallocOption("stats_interval", whole(-1, NO_LIMIT), INT64, PRINTS_ALL_THE_TIME),
            new MallocOption("stats_interval_opts", new OptionType.Letters(STATS_LETTERS), STRING, PRINTS_ALL_THE_TIME),
            words("junk", "true", "false", "alloc", "free"),
            bool("zero"),
            new MallocOption("utrace", BOOLEAN, BOOL, NOT_BUILT_IN),
            new MallocOption("xmalloc", BOOLEAN, BOOL, NOT_BUILT_IN),
            bool("experimental_infallible_new"),
            bool("tcache"),
            number("tcache_max", SIZE, 0, TCACHE_MAX),
            unread("lg_tcache_max", new OptionType.Whole(0, 23, Optional.empty())),
            number("lg_tcache_nslots_mul", SSIZE, -16, 16),
            number("tcache_nslots_small_min", UNSIGNED, 1, 2048),
            number("tcache_nslots_small_max", UNSIGNED, 1, 2048),
            number("tcache_nslots_large", UNSIGNED, 1, 2048),
            number("tcache_gc_incr_bytes", SIZE, 1024, NO_LIMIT),
            number("tcache_gc_delay_bytes", SIZE, 0, NO_LIMIT),
            number("lg_tcache_flush_small_div", UNSIGNED, 1, 16),
            number("lg_tcache_flush_large_div", UNSIGNED, 1, 16),
            new MallocOption(
                    "oversize_threshold",
                    new OptionType.Whole(LARGE_MIN_CLASS, LARGE_MAX_CLASS, Optional.of("0")),
                    SIZE,
                    null),
            number("lg_extent_max_active_fit", SIZE, 0, 64),
            words("percpu_arena", "disabled", "percpu", "phycpu"),
            bool("background_thread"),
            number("max_background_threads", SIZE, 1, 4095),
            new MallocOption("hpa", BOOLEAN, BOOL, HUGE_PAGE_ALLOCATOR),
            hugePages("hpa_slab_max_alloc", whole(PAGE, HUGE_PAGE), SIZE),
            hugePages("hpa_hugification_threshold", whole(PAGE, HUGE_PAGE), SIZE),
            hugePages("hpa_hugification_threshold_ratio", new OptionType.Ratio(1), null),
            hugePages("hpa_hugify_delay_ms", whole(0, NO_LIMIT), UINT64),
            hugePages("hpa_min_purge_interval_ms", whole(0, NO_LIMIT), UINT64),
            hugePages("hpa_dirty_mult", new OptionType.Ratio(65535), FIXED_POINT),
            hugePages("hpa_sec_nshards", whole(0, 4096), SIZE),
            hugePages("hpa_sec_max_alloc", whole(PAGE, NO_LIMIT), SIZE),
            hugePages("hpa_sec_max_bytes", whole(PAGE, NO_LIMIT), SIZE),
            hugePages("hpa_sec_bytes_after_flush", whole(PAGE, NO_LIMIT), SIZE),
            hugePages("hpa_sec_batch_fill_extra", whole(0, HUGE_PAGE / PAGE), SIZE),
            unread("slab_sizes", new OptionType.SizeGroups(SizeClasses.SLAB_PAGES, Optional.of("default"))),
            bool("prof"),
            new MallocOption("prof_prefix", new OptionType.Text(4096), STRING, null),
            bool("prof_active"),
            bool("prof_thread_active_init"),
            number("lg_prof_sample", SIZE, 0, 63),
            bool("prof_accum"),
            new MallocOption("lg_prof_interval", whole(-1, 63), SSIZE, WRITES_FILES),
            new MallocOption("prof_gdump", BOOLEAN, BOOL, WRITES_FILES),
            new MallocOption("prof_final", BOOLEAN, BOOL, WRITES_FILES),
            new MallocOption("prof_leak", BOOLEAN, BOOL, WRITES_FILES),
            new MallocOption("prof_leak_error", BOOLEAN, BOOL, ENDS_PROCESS),
            new MallocOption("prof_log", BOOLEAN, null, WRITES_FILES),
            number("prof_recent_alloc_max", SSIZE, -1, NO_LIMIT),
            bool("prof_stats"),
            bool("prof_sys_thread_name"),
            words("prof_time_resolution", "default", "high"),
            unread("prof_unbias", BOOLEAN),
            new MallocOption("log", new OptionType.Text(1024), null, NOT_BUILT_IN),
            words("thp", "default", "always", "never"),
            new MallocOption(
                    "zero_realloc", new OptionType.Words(List.of("alloc", "free", "abort")), STRING, KILLS_PROCESS),
            new MallocOption("lg_san_uaf_align", whole(-1, 63), SSIZE, NOT_BUILT_IN),
            unread("san_guard_small", whole(0, NO_LIMIT)),
            unread("san_guard_large", whole(0, NO_LIMIT)));

    static final Map<String, MallocOption> BY_NAME = byName();

    private MallocOptionTable() {}

    private static Map<String, MallocOption> byName() {
        Map<String, MallocOption> named = new LinkedHashMap<>();
        for (MallocOption option : ALL) {
            named.put(option.name(), option);
        }
        return Map.copyOf(named);
    }

    private static OptionType whole(long min, long max) {
        return new OptionType.Whole(min, max, Optional.empty());
    }

    private static MallocOption bool(String name) {
        return new MallocOption(name, BOOLEAN, BOOL, null);
    }

    private static MallocOption number(String name, @Nullable ControlType control, long min, long max) {
        return new MallocOption(name, whole(min, max), control, null);
    }

    private static MallocOption words(String name, String... words) {
        return new MallocOption(name, new OptionType.Words(List.of(words)), STRING, null);
    }

    private static MallocOption hugePages(String name, OptionType type, @Nullable ControlType control) {
        return new MallocOption(name, type, control, new Refusal(Set.of(), HUGE_PAGE_ALLOCATOR.reason()));
    }

    /** An option that 5.3.0 takes but shows in no {@code opt.*} control. */
    private static MallocOption unread(String name, OptionType type) {
        return new MallocOption(name, type, null, null);
    }
}

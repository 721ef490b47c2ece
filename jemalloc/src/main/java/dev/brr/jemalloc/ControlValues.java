package dev.brr.jemalloc;

import dev.brr.jemalloc.conf.ControlType;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Knows what jemalloc does not look at: it compares the size of a value and takes any 8 bytes for a text's address, and a
 * wrong address or number ends the process.
 */
final class ControlValues {

    /** jemalloc(3), MALLCTL NAMESPACE: the controls of type {@code const char *}. */
    private static final Pattern TEXTS = Pattern.compile("version|config\\.malloc_conf|prof\\.(dump|prefix)"
            + "|thread\\.prof\\.name|(stats\\.arenas|arena)\\.[0-9]+\\.dss"
            + "|opt\\.(metadata_thp|dss|percpu_arena|stats_print_opts|stats_interval_opts|junk|thp|zero_realloc"
            + "|prof_prefix|prof_time_resolution|malloc_conf\\..+)");

    /** Controls that hold other addresses: of functions, of counters. */
    private static final Pattern ADDRESSES = Pattern.compile("arena\\.[0-9]+\\.extent_hooks|arenas\\.create"
            + "|experimental\\.hooks\\..+|thread\\.(de)?allocatedp|thread\\.peak\\..+");

    private static final long UNSIGNED_MAX = 0xFFFF_FFFFL;
    private static final int LG_SAMPLE_MAX = 63;

    private ControlValues() {}

    /** Says why a text can be neither read nor written there. */
    static Optional<String> textRefused(String name) {
        return TEXTS.matcher(name).matches() ? Optional.empty() : Optional.of("it holds no text");
    }

    /** Says why a number or boolean must not be written. */
    static Optional<String> numberRefused(String name, ControlType type, long value) {
        if (TEXTS.matcher(name).matches()) {
            return Optional.of("it holds a text");
        }
        if (ADDRESSES.matcher(name).matches()) {
            return Optional.of("it holds an address");
        }
        if (type == ControlType.UNSIGNED && (value < 0 || value > UNSIGNED_MAX)) {
            return Optional.of("it takes 0 to " + UNSIGNED_MAX);
        }
        return switch (name) {
            case "max_background_threads" ->
                value == 0 ? Optional.of("5.3.0 would divide by it, which ends the process") : Optional.empty();
            case "prof.reset" ->
                value < 0 || value > LG_SAMPLE_MAX
                        ? Optional.of("it takes 0 to " + LG_SAMPLE_MAX + ", and jemalloc would take the most")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}

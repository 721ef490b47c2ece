package dev.brr.jemalloc.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the options a process was to be started with and those that jemalloc reports from inside it. */
public final class TuningCheck {

    /**
     * The name that options are reported under which a link {@code /etc/malloc.conf} brings along: jemalloc takes them before
     * {@code MALLOC_CONF}, jemalloc(3), TUNING. From 5.3.1 on it has a control {@code opt.malloc_conf.symlink}.
     */
    public static final String LINK = "malloc_conf.symlink";

    private TuningCheck() {}

    /**
     * Says which option did not take effect.
     *
     * @param option the name that it is reported under: {@code tcache_max} where {@code lg_tcache_max} was asked for
     * @param requested the value that was asked for, as it would be reported
     * @param effective the value that the process has, or null if it reports none
     */
    public record Mismatch(
            String option, String requested, @Nullable String effective) {
        /** Says it in one clause, as in {@code narenas is 256, not 2}. */
        @Override
        public String toString() {
            return effective == null
                    ? "%s is not reported, asked for %s".formatted(option, requested)
                    : "%s is %s, not %s".formatted(option, effective, requested);
        }
    }

    /**
     * Compares option by option, in the order of the request. {@code scripts/lib/malloc-conf.sh} has the same rules for
     * where there is no Java, and both are held to one table, {@code tuning/differences.txt} among the tests.
     *
     * <p>Knows where jemalloc writes a value differently: {@code lg_tcache_max:12} shows as {@code tcache_max} 4096,
     * {@code narenas:default} as a number, {@code thp} as {@code not supported} on a kernel without huge pages, letters
     * in any order. Options that
     * 5.3.0 shows in no control are passed over: {@link MallocOption#controlName()} tells which. Options that the file
     * system brings along ({@link #LINK}) nobody has asked for: they are a mismatch of their own.
     *
     * @param effective values of {@code opt.*}, by names without {@code opt.}, in the words of {@code MALLOC_CONF}
     * @return what differs; empty if the tuning is in effect
     */
    public static List<Mismatch> compare(MallocConf requested, Map<String, String> effective) {
        List<Mismatch> mismatches = new ArrayList<>();
        requested.options().forEach((name, value) -> {
            boolean isLogarithm = name.equals("lg_tcache_max");
            String shownAs = isLogarithm ? "tcache_max" : name;
            String wanted = isLogarithm ? Long.toString(1L << Integer.parseInt(value)) : value;
            boolean shown = MallocOption.named(shownAs)
                    .flatMap(MallocOption::controlName)
                    .isPresent();
            String actual = effective.get(shownAs);
            if (shown && (actual == null || !same(name, wanted, actual))) {
                mismatches.add(new Mismatch(shownAs, wanted, actual));
            }
        });
        String link = effective.getOrDefault(LINK, "");
        if (!link.isEmpty()) {
            mismatches.add(new Mismatch(LINK, "none: remove /etc/malloc.conf from the image", link));
        }
        return List.copyOf(mismatches);
    }

    private static boolean same(String name, String value, String actual) {
        return switch (name) {
            case "narenas" -> value.equals("default") || actual.equals(value);
            case "thp" -> actual.equals(value) || (actual.equals("not supported") && !value.equals("always"));
            case "stats_print_opts" -> sorted(actual).equals(sorted(value));
            default -> actual.equals(value);
        };
    }

    private static List<Integer> sorted(String letters) {
        return letters.chars().sorted().boxed().toList();
    }
}

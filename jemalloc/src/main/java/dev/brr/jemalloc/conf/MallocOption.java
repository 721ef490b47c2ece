package dev.brr.jemalloc.conf;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes one option of jemalloc 5.3.0: its name, the values it takes, how it can be read back, and why a service
 * must not have it, if so.
 *
 * @param name as {@code MALLOC_CONF} spells it, without {@code opt.}
 * @param type the values it takes
 * @param control the C type of {@code opt.<name>}, or null where this release has no such control to read
 * @param refusal why a user must not set it, or null
 */
public record MallocOption(
        String name,
        OptionType type,
        @Nullable ControlType control,
        @Nullable Refusal refusal) {

    /**
     * Says why an option is refused although it is jemalloc's own.
     *
     * @param harmless values that may be set all the same
     * @param reason a clause for people, to go behind "refused: "
     */
    public record Refusal(Set<String> harmless, String reason) {
        public Refusal {
            harmless = Set.copyOf(harmless);
        }
    }

    /** Returns every option of jemalloc 5.3.0, in the order of jemalloc's own parser. */
    public static List<MallocOption> all() {
        return MallocOptionTable.ALL;
    }

    /** Returns the option of exactly this name. jemalloc itself would take some abbreviations ({@code d} for dss). */
    public static Optional<MallocOption> named(String name) {
        return Optional.ofNullable(MallocOptionTable.BY_NAME.get(name));
    }

    /** Returns the reason why this value must not be set, or empty if it may. */
    public Optional<String> refused(String value) {
        return refusal == null || refusal.harmless().contains(value) ? Optional.empty() : Optional.of(refusal.reason());
    }

    /** Says whether there is no value at all that could be set. */
    public boolean alwaysRefused() {
        return refusal != null && refusal.harmless().isEmpty();
    }

    /** Returns the name of the control that reads the option back, e.g. {@code opt.narenas}, if there is one. */
    public Optional<String> controlName() {
        return control == null ? Optional.empty() : Optional.of("opt." + name);
    }

    /** Returns the option's name that a misspelled one most likely means: at most a third of its letters differ. */
    static Optional<String> nearest(String misspelled) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (MallocOption option : all()) {
            int distance = editDistance(misspelled, option.name());
            if (distance < least) {
                least = distance;
                best = option.name();
            }
        }
        return best != null && least <= Math.max(1, misspelled.length() / 3) ? Optional.of(best) : Optional.empty();
    }

    /** Counts the insertions, deletions and replacements of a letter that turn one word into the other. */
    private static int editDistance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}

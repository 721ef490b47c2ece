package dev.brr.jemalloc.conf;

import dev.brr.jemalloc.conf.MallocConf.Parsed;
import dev.brr.jemalloc.conf.MallocConfProblem.Reason;
import dev.brr.jemalloc.conf.OptionType.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads options one after the other and collects what is wrong with them. Serves one reading, by one thread. */
final class MallocConfReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

    private final LinkedHashMap<String, String> options = new LinkedHashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<MallocConfProblem> problems = new ArrayList<>();
    private Set<String> yielding = Set.of();

    private MallocConfReader() {}

    static MallocConfReader ofText(String text) {
        MallocConfReader reader = new MallocConfReader();
        int start = 0;
        while (!text.isEmpty() && start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            reader.part(text, start, end);
            start = end + 1;
        }
        return reader;
    }

    static MallocConfReader ofMap(Map<String, String> options) {
        MallocConfReader reader = new MallocConfReader();
        options.forEach((name, value) ->
                reader.option(name, value, MallocConfProblem.NO_POSITION, MallocConfProblem.NO_POSITION));
        return reader;
    }

    /** Puts the options read so far over a valid set, whose options yield to them. */
    void layOver(Map<String, String> base) {
        LinkedHashMap<String, String> merged = new LinkedHashMap<>(base);
        merged.putAll(options);
        Set<String> read = Set.copyOf(options.keySet());
        yielding = Set.copyOf(
                base.keySet().stream().filter(name -> !read.contains(name)).toList());
        options.clear();
        options.putAll(merged);
    }

    /** Looks at the options together, once each of them is all right. */
    void findContradictions() {
        if (!problems.isEmpty()) {
            return;
        }
        List<Contradiction> found = Contradiction.in(options);
        while (found.stream().anyMatch(this::yields)) {
            found = Contradiction.in(options);
        }
        for (Contradiction contradiction : found) {
            String name = contradiction.voided();
            int position = positions.getOrDefault(name, MallocConfProblem.NO_POSITION);
            String written = name + ":" + options.get(name);
            problem(name, position, Reason.CONTRADICTION, written + " " + contradiction.message());
        }
    }

    /** Drops the option of the base that contradicts an override, if it is one of the base. */
    private boolean yields(Contradiction found) {
        boolean voidedYields = yielding.contains(found.voided());
        boolean byYields = yielding.contains(found.by());
        if (voidedYields && !byYields) {
            return options.remove(found.voided()) != null;
        }
        return byYields && !voidedYields && found.mutual() && options.remove(found.by()) != null;
    }

    Parsed result() {
        problems.sort(Comparator.comparingInt(MallocConfProblem::position));
        return problems.isEmpty() ? new Parsed.Valid(MallocConf.ofValid(options)) : new Parsed.Invalid(problems);
    }

    private void part(String text, int start, int end) {
        String part = text.substring(start, end);
        int colon = part.indexOf(':');
        if (part.isEmpty()) {
            String where =
                    start == text.length() ? "the text ends with a comma" : "an option is missing before a comma";
            problem("", start, Reason.MALFORMED, where + "; jemalloc ignores everything behind such a place");
        } else if (colon < 0) {
            problem(part, start, Reason.MALFORMED, part + ": a colon and a value are missing");
        } else if (!NAME.matcher(part.substring(0, colon)).matches()) {
            String name = part.substring(0, colon);
            problem(
                    name,
                    start,
                    Reason.MALFORMED,
                    "\"%s\" cannot be an option's name; only letters, digits and _ can".formatted(name)
                            + (name.isBlank() || name.strip().equals(name) ? "" : "; remove the blank"));
        } else {
            option(part.substring(0, colon), part.substring(colon + 1), start, start + colon + 1);
        }
    }

    private void option(String name, String value, int nameAt, int valueAt) {
        MallocOption option = MallocOption.named(name).orElse(null);
        if (option == null) {
            String suggestion = MallocOption.nearest(name)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            problem(name, nameAt, Reason.UNKNOWN_OPTION, name + ": no such option of jemalloc 5.3" + suggestion);
            return;
        }
        if (options.putIfAbsent(name, value) != null) {
            problem(name, nameAt, Reason.DUPLICATE_OPTION, name + ": is there twice; jemalloc would take the last");
            return;
        }
        positions.put(name, nameAt);
        Fault fault = option.alwaysRefused() ? null : option.type().fault(value).orElse(null);
        if (fault != null) {
            problem(name, valueAt, fault.reason(), name + ": " + fault.message());
            return;
        }
        option.refused(value).ifPresent(why -> {
            String message = "%s:%s is refused: %s".formatted(name, value, why);
            problem(name, nameAt, Reason.REFUSED, message);
        });
    }

    private void problem(String option, int position, Reason reason, String message) {
        problems.add(new MallocConfProblem(option, position, reason, message));
    }
}

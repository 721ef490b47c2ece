package dev.brr.operator.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what a pod of the pet store served at {@code /metrics}: preset Balanced, limits of one CPU and 512 MiB, after
 * ten requests to each of three operations and the first garbage collections.
 *
 * @param lines in Prometheus' text format
 */
record Scrape(List<String> lines) {

    private static final Path RECORDED = Path.of("src", "test", "resources", "dashboard", "scrape.txt");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? (\\S+)");

    /**
     * Is one line.
     *
     * @param labels as the text has them between the braces; may be empty
     */
    record Sample(String name, String labels, String value) {

        /** Returns the series as promtool takes it, as the pod of a service has it once it is scraped. */
        String of(String namespace, String service, String pod) {
            return Stream.of(
                            labels,
                            "namespace=\"%s\"".formatted(namespace),
                            "service=\"%s\"".formatted(service),
                            "pod=\"%s\"".formatted(pod))
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.joining(",", name + "{", "}"));
        }
    }

    static Scrape recorded() {
        try {
            return new Scrape(Files.readAllLines(RECORDED));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Returns metric families by name, each with its type. */
    Map<String, String> types() {
        return lines.stream()
                .map(TYPE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        type -> type.group(1), type -> type.group(2), (one, other) -> one, LinkedHashMap::new));
    }

    /** Returns the family that a series belongs to: a histogram's buckets are the histogram's. */
    String familyOf(String series) {
        return types().containsKey(series) ? series : series.replaceFirst("_(bucket|sum|count)$", "");
    }

    List<Sample> samples() {
        return lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(sample ->
                        new Sample(sample.group(1), sample.group(2) == null ? "" : sample.group(2), sample.group(3)))
                .toList();
    }

    /** Returns what is left without the series whose names match. */
    Scrape without(Predicate<String> name) {
        return new Scrape(lines.stream()
                .filter(line -> {
                    var sample = SAMPLE.matcher(line);
                    return !sample.matches() || !name.test(sample.group(1));
                })
                .toList());
    }
}

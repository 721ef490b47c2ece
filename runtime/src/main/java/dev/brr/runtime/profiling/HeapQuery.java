package dev.brr.runtime.profiling;

import dev.brr.runtime.contract.Query;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds the parameters of a request, each known and there once: a misspelled one would silently give another profile. */
final class HeapQuery {
    private final Map<String, String> values;

    private HeapQuery(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Reads a query.
     *
     * @param known the parameters that the endpoint has
     */
    static HeapQuery read(String raw, List<String> known) throws RefusedException {
        Map<String, String> values = new TreeMap<>();
        for (Query.Pair pair : pairs(raw)) {
            String name = pair.name();
            if (!known.contains(name)) {
                throw new RefusedException(name + ": "
                        + (known.isEmpty() ? "there are no parameters here" : "is none of " + String.join(", ", known))
                        + (name.equals("seconds") ? "; /debug/heap/diff compares two moments" : ""));
            }
            if (values.put(name, value(pair)) != null) {
                throw new RefusedException(name + ": is there twice");
            }
        }
        return new HeapQuery(values);
    }

    private static List<Query.Pair> pairs(String raw) throws RefusedException {
        try {
            return Query.parse(raw).pairs();
        } catch (IllegalArgumentException _) {
            throw new RefusedException("the query cannot be read");
        }
    }

    private static String value(Query.Pair pair) throws RefusedException {
        try {
            return pair.value();
        } catch (IllegalArgumentException _) {
            throw new RefusedException(pair.name() + ": is not well encoded");
        }
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    ProfileFormat format() throws RefusedException {
        String term = values.getOrDefault("format", "collapsed");
        return ProfileFormat.of(term)
                .orElseThrow(
                        () -> new RefusedException("format: is one of " + ProfileFormat.terms() + ", not " + term));
    }

    ProfileFormat.Grouping grouping() throws RefusedException {
        String term = values.getOrDefault("by", "stack");
        return ProfileFormat.Grouping.of(term)
                .orElseThrow(() ->
                        new RefusedException("by: is one of " + ProfileFormat.Grouping.terms() + ", not " + term));
    }
}

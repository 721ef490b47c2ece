package dev.brr.runtime.contract;

import dev.brr.runtime.routing.Percent;
import java.util.ArrayList;
import java.util.List;

/**
 * The name-value pairs of a query or urlencoded form, the values still encoded: a delimiter between items and an encoded
 * one inside an item are not the same.
 *
 * @param pairs the pairs in the order they came
 */
public record Query(List<Pair> pairs) {
    private static final Query EMPTY = new Query(List.of());
    /** Each takes many times the room of its bytes; nobody fills in so many. */
    private static final int MAX_PAIRS = 10_000;

    /** A pair; the name is decoded and the value is not. */
    public record Pair(String name, String rawValue) {

        /** Decodes the value. */
        public String value() {
            return Percent.decodeForm(rawValue);
        }
    }

    /**
     * Takes a query apart.
     *
     * @throws IllegalArgumentException with a message for the client when a name is not well encoded, or there are more than
     *     10,000 of them
     */
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        List<Pair> pairs = new ArrayList<>();
        int from = 0;
        while (from <= raw.length()) {
            int ampersand = raw.indexOf('&', from);
            int to = ampersand < 0 ? raw.length() : ampersand;
            if (to > from) {
                if (pairs.size() == MAX_PAIRS) {
                    throw new IllegalArgumentException("the form has more than " + MAX_PAIRS + " fields");
                }
                int equals = raw.indexOf('=', from);
                boolean bare = equals < 0 || equals >= to;
                pairs.add(new Pair(
                        Percent.decodeForm(raw.substring(from, bare ? to : equals)),
                        bare ? "" : raw.substring(equals + 1, to)));
            }
            from = to + 1;
        }
        return new Query(pairs);
    }

    /** Lists the raw values of one name. */
    List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (Pair pair : pairs) {
            if (pair.name().equals(name)) {
                values.add(pair.rawValue());
            }
        }
        return values;
    }
}

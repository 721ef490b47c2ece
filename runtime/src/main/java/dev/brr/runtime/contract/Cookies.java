package dev.brr.runtime.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads cookies (RFC 6265, section 5.4: pairs separated by semicolons). */
final class Cookies {
    private Cookies() {}

    static List<String> values(List<String> headers, String name) {
        return pairs(headers).pairs().stream()
                .filter(pair -> pair.name().equals(name))
                .map(Query.Pair::rawValue)
                .toList();
    }

    /** Lists all cookies, their values raw. */
    static Query pairs(List<String> headers) {
        List<Query.Pair> pairs = new ArrayList<>(4);
        for (String header : headers) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    pairs.add(new Query.Pair(
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip()));
                }
            }
        }
        return new Query(pairs);
    }

    /**
     * Lists all cookies, with what the style {@code form} explodes taken apart: by the letter (OpenAPI 3.1.1, section
     * 4.8.12.6) {@code id=1&id=2} is one cookie with two items, and clients send two cookies as well.
     *
     * @param wanted the names that may begin a pair behind an ampersand; another ampersand belongs to a value
     */
    static Query exploded(List<String> headers, Predicate<String> wanted) {
        List<Query.Pair> exploded = new ArrayList<>(4);
        for (Query.Pair cookie : pairs(headers).pairs()) {
            String name = cookie.name();
            StringBuilder value = new StringBuilder();
            for (String part : cookie.rawValue().split("&", -1)) {
                int equals = part.indexOf('=');
                boolean begins = equals > 0 && wanted.test(part.substring(0, equals));
                if (begins && wanted.test(cookie.name())) {
                    exploded.add(new Query.Pair(name, value.toString()));
                    name = part.substring(0, equals);
                    value = new StringBuilder(part.substring(equals + 1));
                } else {
                    value.append(value.isEmpty() ? "" : "&").append(part);
                }
            }
            exploded.add(new Query.Pair(name, value.toString()));
        }
        return new Query(exploded);
    }
}

package dev.brr.runtime.cors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The headers that let a page read an answer. */
public final class CorsHeaders {
    private static final Header VARY = new Header("Vary", "Origin");

    private CorsHeaders() {}

    /** A header of an answer. */
    public record Header(String name, String value) {}

    /**
     * Gives the headers of any answer but that to a preflight.
     *
     * @param origin the page's origin; empty when the request has none
     * @param carried the names of the headers that the answer has
     */
    public static List<Header> of(CorsPolicy policy, String origin, Supplier<Set<String>> carried) {
        if (!policy.isOn()) {
            return List.of();
        }
        if (origin.isEmpty() || !policy.allows(origin)) {
            return policy.allowsAll() ? List.of() : List.of(VARY);
        }
        List<Header> headers = new ArrayList<>(forOrigin(policy, origin));
        Collection<String> exposed = exposed(policy, carried);
        if (!exposed.isEmpty()) {
            headers.add(new Header("Access-Control-Expose-Headers", String.join(", ", exposed)));
        }
        return headers;
    }

    /** To a request with credentials a star is the name of a header (Fetch Standard, section 3.3.5). */
    private static Collection<String> exposed(CorsPolicy policy, Supplier<Set<String>> carried) {
        boolean all = policy.exposedHeaders().contains(CorsPolicy.ANY);
        return all && policy.credentials() ? carried.get() : policy.exposedHeaders();
    }

    /** Gives what says that an origin is let in, and that other origins may be answered in another way. */
    static List<Header> forOrigin(CorsPolicy policy, String origin) {
        if (policy.allowsAll()) {
            return List.of(new Header("Access-Control-Allow-Origin", CorsPolicy.ANY));
        }
        Header allowed = new Header("Access-Control-Allow-Origin", origin);
        return policy.credentials()
                ? List.of(allowed, new Header("Access-Control-Allow-Credentials", "true"), VARY)
                : List.of(allowed, VARY);
    }
}

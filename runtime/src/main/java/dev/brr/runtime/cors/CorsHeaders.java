package dev.brr.runtime.cors;

import java.util.ArrayList;
import java.util.List;

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
     */
    public static List<Header> of(CorsPolicy policy, String origin) {
        if (!policy.isOn()) {
            return List.of();
        }
        if (origin.isEmpty() || !policy.allows(origin)) {
            return policy.allowsAll() ? List.of() : List.of(VARY);
        }
        List<Header> headers = new ArrayList<>(forOrigin(policy, origin));
        if (!policy.exposedHeaders().isEmpty()) {
            headers.add(new Header("Access-Control-Expose-Headers", String.join(", ", policy.exposedHeaders())));
        }
        return headers;
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

package dev.brr.runtime.cors;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says which pages may call, and with what.
 *
 * @param origins the origins that may call, as browsers write them; {@code *} for all; none for none
 * @param headers the request headers that they may send besides those of the operation, in lower case; {@code *} for all
 * @param exposedHeaders the response headers that they may read
 * @param credentials whether they may send cookies and the like; never with all origins
 * @param maxAgeSeconds how long a browser may keep the answer to a preflight; seconds
 */
public record CorsPolicy(
        Set<String> origins,
        Set<String> headers,
        List<String> exposedHeaders,
        boolean credentials,
        long maxAgeSeconds) {
    /** Lets no other origin in. */
    public static final CorsPolicy OFF = new CorsPolicy(Set.of(), Set.of(), List.of(), false, 0);

    /** How long a preflight is kept unless something else is said; seconds. */
    public static final long DEFAULT_MAX_AGE = 600;

    /** The longest that any browser keeps one, a day; seconds. */
    public static final long MOST_MAX_AGE = 86_400;

    static final String ANY = "*";

    public CorsPolicy {
        origins = Set.copyOf(origins);
        TreeSet<String> lower = new TreeSet<>();
        headers.forEach(header -> lower.add(header.toLowerCase(Locale.ROOT)));
        headers = Set.copyOf(lower);
        exposedHeaders = List.copyOf(exposedHeaders);
        if (credentials && origins.contains(ANY)) {
            throw new IllegalArgumentException(CREDENTIALS_FOR_ALL);
        }
    }

    /** Why credentials and all origins do not go together. */
    public static final String CREDENTIALS_FOR_ALL =
            "credentials with the origin * would let every page act as its visitor; name the origins";

    /** Whether some origin may call. */
    public boolean isOn() {
        return !origins.isEmpty();
    }

    /** Whether every origin may call, so that the answer does not depend on it. */
    boolean allowsAll() {
        return origins.contains(ANY);
    }

    boolean allows(String origin) {
        return allowsAll() || origins.contains(origin);
    }

    boolean allowsHeader(String lowerCaseName) {
        return headers.contains(lowerCaseName) || headers.contains(ANY);
    }

    /**
     * Says what keeps a text from being an origin, as the end of a sentence that begins with the text; empty when it is
     * one.
     */
    public static String originMistake(String origin) {
        if (origin.equals(ANY)) {
            return "";
        }
        if (origin.equals("null")) {
            return "is what sandboxed pages of anyone have for an origin";
        }
        try {
            URI uri = new URI(origin);
            String serialized =
                    uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            boolean plain = uri.getHost() != null && origin.equals(serialized);
            boolean lower = origin.equals(origin.toLowerCase(Locale.ROOT));
            return plain && lower && !isDefaultPort(uri)
                    ? ""
                    : "is not an origin as browsers write it: scheme://host or scheme://host:port in lower case, without"
                            + " a path and without the scheme's own port (https://app.example.com)";
        } catch (URISyntaxException _) {
            return "is not an origin (https://app.example.com)";
        }
    }

    private static boolean isDefaultPort(URI uri) {
        return (uri.getPort() == 443 && "https".equals(uri.getScheme()))
                || (uri.getPort() == 80 && "http".equals(uri.getScheme()));
    }

    /** Whether a text may be the name of a header (RFC 9110, section 5.6.2). */
    public static boolean isHeaderName(String text) {
        return text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    }

    /** Whether a policy may be made of its parts; what is wrong with them, if it may not. */
    public static List<String> mistakes(
            List<String> origins, List<String> headers, List<String> exposedHeaders, boolean credentials) {
        List<String> mistakes = new ArrayList<>();
        for (String origin : origins) {
            String mistake = originMistake(origin);
            if (!mistake.isEmpty()) {
                mistakes.add(origin + " " + mistake);
            }
        }
        List<String> names = new ArrayList<>(headers);
        names.addAll(exposedHeaders);
        names.stream().filter(name -> !isHeaderName(name)).forEach(name -> mistakes.add(name + " is no header name"));
        if (credentials && origins.contains(ANY)) {
            mistakes.add(CREDENTIALS_FOR_ALL);
        }
        if (credentials && origins.isEmpty()) {
            mistakes.add("credentials without an origin open nothing; name the origins whose pages may send them");
        }
        return mistakes;
    }
}

package dev.brr.runtime.cors;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The question that a browser asks before a page's request.
 *
 * @param origin the page's origin
 * @param method the method that the page wants to use
 * @param headers the headers that it wants to send, in lower case
 */
public record Preflight(String origin, String method, Set<String> headers) {

    /** The answer. */
    public sealed interface Answer {}

    /** The page may go on; these headers say so. */
    public record Allowed(List<CorsHeaders.Header> headers) implements Answer {}

    /** What a page is told first that may call, though not like this. */
    public static final String DENIED = "CORS preflight request denied: ";

    /** The page may not, for the reason given. */
    public record Refused(String reason) implements Answer {}

    /** Reads the values of {@code Access-Control-Request-Headers}. */
    public static Preflight of(String origin, String method, List<String> requestHeaders) {
        Set<String> names = new LinkedHashSet<>();
        for (String value : requestHeaders) {
            for (String name : value.split(",")) {
                if (!name.isBlank()) {
                    names.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return new Preflight(origin, method, names);
    }

    /**
     * Answers by the policy of the operation that the page wants to call.
     *
     * @param methods what the path takes, as {@code Allow} lists it
     * @param ownHeaders the headers of the operation's own parameters and credentials, in lower case
     */
    public Answer answer(CorsPolicy policy, String methods, Set<String> ownHeaders) {
        if (!policy.allows(origin)) {
            return new Refused("Origin not allowed by CORS policy");
        }
        for (String header : headers) {
            if (!CorsPolicy.isHeaderName(header)) {
                return new Refused(DENIED + "Access-Control-Request-Headers is not a list of header names");
            }
            if (!policy.allowsHeader(header) && !ownHeaders.contains(header)) {
                return new Refused(DENIED + "the header " + header + " may not be sent from other origins");
            }
        }
        List<CorsHeaders.Header> answer = new ArrayList<>(CorsHeaders.forOrigin(policy, origin));
        answer.add(new CorsHeaders.Header("Access-Control-Allow-Methods", methods));
        if (!headers.isEmpty()) {
            answer.add(new CorsHeaders.Header("Access-Control-Allow-Headers", String.join(", ", headers)));
        }
        answer.add(new CorsHeaders.Header("Access-Control-Max-Age", Long.toString(policy.maxAgeSeconds())));
        return new Allowed(List.copyOf(answer));
    }
}

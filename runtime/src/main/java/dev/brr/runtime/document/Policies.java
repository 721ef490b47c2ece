package dev.brr.runtime.document;

import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.ratelimit.RateLimit;
import java.util.Optional;

/**
 * What a document, a path or an operation says of its callers beyond what OpenAPI has words for.
 *
 * @param cors {@code x-brr-cors}: which pages of other origins may call
 * @param rateLimit {@code x-brr-rate-limit}: how often one client may call one operation
 */
public record Policies(Optional<CorsPolicy> cors, Optional<RateLimit> rateLimit) {
    /** Says nothing. */
    public static final Policies NONE = new Policies(Optional.empty(), Optional.empty());

    /** Gives what is said here, and what is said there of all else. */
    public Policies orElse(Policies wider) {
        return new Policies(cors.or(wider::cors), rateLimit.or(wider::rateLimit));
    }
}

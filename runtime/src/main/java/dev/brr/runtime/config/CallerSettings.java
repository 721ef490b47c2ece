package dev.brr.runtime.config;

import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.ratelimit.RateLimit;
import dev.brr.runtime.ratelimit.RateLimiter;
import dev.brr.runtime.ratelimit.Subnet;
import java.util.List;
import java.util.Optional;

/**
 * From where callers may come, and how often.
 *
 * @param cors which pages of other origins may call
 * @param rateLimit how often one client may call one operation
 * @param rateLimitClients how many clients are counted at once
 * @param trustedProxies the proxies whose {@code X-Forwarded-For} is believed
 */
public record CallerSettings(
        Optional<CorsPolicy> cors, Optional<RateLimit> rateLimit, int rateLimitClients, List<Subnet> trustedProxies) {
    /** No page of another origin, no bound, no proxy; the document may say otherwise. */
    public static final CallerSettings DEFAULTS =
            new CallerSettings(Optional.empty(), Optional.empty(), RateLimiter.DEFAULT_CLIENTS, List.of());

    public CallerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }
}

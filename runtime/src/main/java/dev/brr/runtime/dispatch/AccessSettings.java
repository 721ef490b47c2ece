package dev.brr.runtime.dispatch;

import dev.brr.runtime.document.Policies;
import dev.brr.runtime.ratelimit.RateLimiter;
import dev.brr.runtime.ratelimit.Subnet;
import dev.brr.runtime.security.Credentials;
import java.util.List;

/**
 * Who may call, from where, and how often.
 *
 * @param credentials what the service knows of its callers
 * @param policies what is configured for the whole service; goes before what the document says as a whole, and behind
 *     what it says of a path or an operation
 * @param trustedProxies the proxies whose {@code X-Forwarded-For} is believed
 * @param rateLimitClients how many clients are counted at once
 */
public record AccessSettings(
        Credentials credentials, Policies policies, List<Subnet> trustedProxies, int rateLimitClients) {
    public AccessSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Credentials, and no policies beside those of the document. */
    public static AccessSettings of(Credentials credentials) {
        return new AccessSettings(credentials, Policies.NONE, List.of(), RateLimiter.DEFAULT_CLIENTS);
    }
}

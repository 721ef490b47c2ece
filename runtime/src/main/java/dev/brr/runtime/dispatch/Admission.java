package dev.brr.runtime.dispatch;

import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.problem.Problem;
import dev.brr.runtime.ratelimit.ClientAddress;
import dev.brr.runtime.ratelimit.RateLimiter;
import dev.brr.runtime.security.AuthOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lets a matched request in, or says by which answer it is refused: credentials first, then how often. */
final class Admission {
    private final ClientAddress clients;
    private final RateLimiter limiter;
    private final RuntimeMetrics metrics;

    /** @param limits whether any operation has a rate limit; the table of clients takes a megabyte of the heap */
    Admission(AccessSettings settings, boolean limits, RuntimeMetrics metrics) {
        this.clients = new ClientAddress(settings.trustedProxies());
        this.limiter = new RateLimiter(limits ? settings.rateLimitClients() : 0);
        this.metrics = metrics;
    }

    /**
     * Gives who calls; empty where anyone may.
     *
     * <p>A request with wrong credentials counts for its address, so that guessing them is bounded like all else.
     */
    List<Principal> admit(ServedOperation operation, MatchedRequest request) throws Refusal {
        OperationAccess access = operation.access();
        if (access.guard().isOpen()) {
            bound(operation, request, List.of());
            return List.of();
        }
        return switch (access.guard().check(request)) {
            case AuthOutcome.Granted granted -> {
                bound(operation, request, granted.principals());
                yield granted.principals();
            }
            case AuthOutcome.Denied denied -> {
                metrics.authFailed();
                bound(operation, request, List.of());
                throw new Refusal(challenged(Reply.of(Problem.unauthorized()), denied.challenges()));
            }
            case AuthOutcome.Forbidden forbidden -> {
                metrics.authFailed();
                bound(operation, request, List.of());
                throw new Refusal(challenged(
                        Reply.of(Problem.forbidden("The credentials do not allow this operation")),
                        forbidden.challenges()));
            }
            case AuthOutcome.Undecided undecided -> {
                bound(operation, request, List.of());
                throw new Refusal(Reply.of(Problem.unavailable("The keys that verify the credentials are out of reach"))
                        .with("Retry-After", seconds(undecided.retryAfter())));
            }
        };
    }

    private static Reply challenged(Reply reply, List<String> challenges) {
        Reply challenged = reply;
        for (String challenge : challenges) {
            challenged = challenged.with("WWW-Authenticate", challenge);
        }
        return challenged;
    }

    private void bound(ServedOperation operation, MatchedRequest request, List<Principal> principals) throws Refusal {
        if (operation.access().rateLimit().isNone()) {
            return;
        }
        long wait = limiter.take(operation.access().rateLimit(), operation.id(), client(request, principals));
        if (wait > 0) {
            metrics.rateLimited();
            throw new Refusal(
                    Reply.of(Problem.tooManyRequests(operation.access().rateLimit()))
                            .with("Retry-After", seconds(Duration.ofNanos(wait))));
        }
    }

    private String client(MatchedRequest request, List<Principal> principals) {
        for (Principal principal : principals) {
            if (!principal.name().isEmpty()) {
                return principal.scheme() + ' ' + principal.name();
            }
        }
        Exchange exchange = request.exchange();
        return clients.of(exchange.remoteAddress(), exchange.header("x-forwarded-for"));
    }

    /** Whole seconds, at least one, and never too few. */
    private static String seconds(Duration wait) {
        return Long.toString(
                Math.max(1, (wait.toNanos() + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1)));
    }
}

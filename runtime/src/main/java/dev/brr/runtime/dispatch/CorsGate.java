package dev.brr.runtime.dispatch;

import dev.brr.runtime.cors.CorsHeaders;
import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.cors.Preflight;
import dev.brr.runtime.problem.Problem;
import dev.brr.runtime.routing.Match;
import dev.brr.runtime.routing.Router;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells browsers which pages may call, before anything asks for credentials. */
final class CorsGate {
    private static final String METHOD = "access-control-request-method";

    private final Router<ServedOperation> router;
    private final CorsPolicy forAll;
    private final boolean on;

    /**
     * @param forAll the policy of the service as a whole, which holds where no path is found
     * @param on whether this or any operation's policy lets some origin in
     */
    CorsGate(Router<ServedOperation> router, CorsPolicy forAll, boolean on) {
        this.router = router;
        this.forAll = forAll;
        this.on = on;
    }

    /** Answers a preflight; nothing when the request is none, or asks for an operation without a policy. */
    Optional<Reply> preflight(Exchange exchange) {
        if (!on || !exchange.method().equals("OPTIONS")) {
            return Optional.empty();
        }
        String origin = single(exchange, "origin");
        String method = single(exchange, METHOD);
        if (origin.isEmpty() || method.isEmpty()) {
            return Optional.empty();
        }
        return switch (router.route(method, exchange.rawPath())) {
            case Match.Found<ServedOperation> found ->
                found.target().access().cors().isOn()
                        ? Optional.of(answer(found.target().access(), origin, method, exchange))
                        : Optional.empty();
            case Match.OtherMethods<ServedOperation> other -> {
                CorsPolicy policy = among(other.targets());
                yield policy.isOn()
                        ? Optional.of(refusal(Preflight.DENIED + "the path takes " + other.allow(), policy, origin))
                        : Optional.empty();
            }
            case Match.Unknown<ServedOperation> _, Match.Malformed<ServedOperation> _ -> Optional.empty();
        };
    }

    /** Whether the page that asks for this could come to call an operation of the document. */
    boolean announcesOperation(Exchange exchange) {
        return preflight(exchange).isPresent()
                && router.route(announced(exchange), exchange.rawPath()) instanceof Match.Found;
    }

    /** The method that a preflight asks for; empty where it names none, or more than one. */
    static String announced(Exchange exchange) {
        return exchange.method().equals("OPTIONS") ? single(exchange, METHOD) : "";
    }

    private static Reply answer(OperationAccess access, String origin, String method, Exchange exchange) {
        Preflight preflight = Preflight.of(origin, method, exchange.header("access-control-request-headers"));
        return switch (preflight.answer(access.cors(), access.methods(), access.headers())) {
            case Preflight.Allowed allowed -> with(Reply.empty(204), allowed.headers());
            case Preflight.Refused refused -> refusal(refused.reason(), access.cors(), origin);
        };
    }

    private static Reply refusal(String reason, CorsPolicy policy, String origin) {
        Reply reply = Reply.of(Problem.crossOrigin(reason));
        return with(reply, CorsHeaders.of(policy, origin, () -> carried(reply)));
    }

    /** Adds what a page needs to read an answer. */
    Reply opened(Reply reply, Exchange exchange, @Nullable ServedOperation operation) {
        return on
                ? opened(
                        reply,
                        exchange,
                        operation == null ? forAll : operation.access().cors())
                : reply;
    }

    /** The same for what the operations of its path do not take. */
    Reply openedOnPath(Reply reply, Exchange exchange, List<ServedOperation> ofItsPath) {
        return on ? opened(reply, exchange, among(ofItsPath)) : reply;
    }

    /** A path has the policy of its operations; where they differ, that of the first which has one. */
    private static CorsPolicy among(List<ServedOperation> operations) {
        return operations.stream()
                .map(operation -> operation.access().cors())
                .filter(CorsPolicy::isOn)
                .findFirst()
                .orElse(CorsPolicy.OFF);
    }

    private static Reply opened(Reply reply, Exchange exchange, CorsPolicy policy) {
        return policy.isOn()
                ? with(reply, CorsHeaders.of(policy, single(exchange, "origin"), () -> carried(reply)))
                : reply;
    }

    private static Set<String> carried(Reply reply) {
        Set<String> names = new LinkedHashSet<>();
        reply.headers().forEach(header -> names.add(header.name()));
        // Every answer has it, though not here yet.
        names.add(RequestIds.HEADER);
        return names;
    }

    private static Reply with(Reply reply, List<CorsHeaders.Header> headers) {
        Reply more = reply;
        for (CorsHeaders.Header header : headers) {
            more = more.with(header.name(), header.value());
        }
        return more;
    }

    private static String single(Exchange exchange, String name) {
        List<String> values = exchange.header(name);
        return values.size() == 1 ? values.getFirst() : "";
    }
}

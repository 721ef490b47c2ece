package dev.brr.runtime.dispatch;

import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.Parameter;
import dev.brr.runtime.document.Policies;
import dev.brr.runtime.document.SecurityScheme;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.ratelimit.RateLimit;
import dev.brr.runtime.security.Authenticator;
import dev.brr.runtime.security.Guard;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may call one operation, from where, and how often.
 *
 * @param guard what asks for credentials
 * @param rateLimit how often one client may call; {@link RateLimit#NONE} for ever
 * @param cors which pages of other origins may call
 * @param methods what the operation's path takes, as {@code Allow} lists it
 * @param headers the request headers that the operation itself reads, in lower case
 */
record OperationAccess(Guard guard, RateLimit rateLimit, CorsPolicy cors, String methods, Set<String> headers) {
    private static final Set<String> HEADERS_OF_ALL =
            Set.of("accept", "accept-language", "content-language", "content-type", "x-request-id");

    static OperationAccess of(
            Operation operation, ServiceDocument document, Policies configured, Authenticator authenticator) {
        Policies policies = operation.policies().orElse(configured).orElse(document.policies());
        return new OperationAccess(
                authenticator.guard(operation),
                policies.rateLimit().orElse(RateLimit.NONE),
                policies.cors().orElse(CorsPolicy.OFF),
                methods(operation, document),
                headers(operation, document));
    }

    private static String methods(Operation operation, ServiceDocument document) {
        Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
        for (Operation other : document.operations()) {
            if (other.path().text().equals(operation.path().text())) {
                methods.add(other.method());
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    private static Set<String> headers(Operation operation, ServiceDocument document) {
        Set<String> headers = new HashSet<>(HEADERS_OF_ALL);
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in() == Parameter.Location.HEADER) {
                headers.add(parameter.name().toLowerCase(Locale.ROOT));
            }
        }
        operation.security().stream()
                .flatMap(requirement -> requirement.schemes().keySet().stream())
                .map(name -> document.securitySchemes().get(name))
                .forEach(scheme -> {
                    if (!(scheme instanceof SecurityScheme.ApiKey key)) {
                        headers.add("authorization");
                    } else if (key.in() == Parameter.Location.HEADER) {
                        headers.add(key.parameter().toLowerCase(Locale.ROOT));
                    }
                });
        return Set.copyOf(headers);
    }
}

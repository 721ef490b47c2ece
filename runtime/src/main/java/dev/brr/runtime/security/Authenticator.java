package dev.brr.runtime.security;

import dev.brr.runtime.contract.RequestParameters;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.SecurityRequirement;
import dev.brr.runtime.document.SecurityScheme;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.routing.Percent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Decides by the document's security requirements: one of the alternatives has to hold, and all that it names. */
public final class Authenticator {
    private static final AuthOutcome GRANTED = new AuthOutcome.Granted();

    private final Map<String, SecurityScheme> schemes;
    private final ApiKeys keys;
    private final String realm;

    public Authenticator(ServiceDocument document, ApiKeys keys) {
        this.schemes = document.securitySchemes();
        this.keys = keys;
        this.realm = document.title().replaceAll("[^ -~]|[\"\\\\]", "");
    }

    /** Decides whether a request may call an operation. */
    public AuthOutcome authenticate(Operation operation, RequestParameters request) {
        List<SecurityRequirement> alternatives = operation.security();
        if (alternatives.isEmpty()) {
            return GRANTED;
        }
        Set<String> challenges = new LinkedHashSet<>();
        for (SecurityRequirement alternative : alternatives) {
            if (holds(alternative, request, challenges)) {
                return GRANTED;
            }
        }
        return new AuthOutcome.Denied(new ArrayList<>(challenges));
    }

    private boolean holds(SecurityRequirement alternative, RequestParameters request, Set<String> challenges) {
        for (String name : alternative.schemes().keySet()) {
            SecurityScheme scheme = schemes.get(name);
            if (scheme == null) {
                return false;
            }
            if (!holds(scheme, request)) {
                challenges.add(challenge(scheme, request));
                return false;
            }
        }
        return true;
    }

    /** Schemes other than apiKey have no credentials to check against, so they let nobody in. */
    private boolean holds(SecurityScheme scheme, RequestParameters request) {
        return scheme instanceof SecurityScheme.ApiKey apiKey
                && given(apiKey, request).stream().anyMatch(key -> keys.opens(apiKey.name(), key));
    }

    private static List<String> given(SecurityScheme.ApiKey scheme, RequestParameters request) {
        return switch (scheme.in()) {
            case HEADER -> request.header(scheme.parameter());
            case COOKIE -> request.cookie(scheme.parameter());
            case QUERY ->
                request.query().pairs().stream()
                        .filter(pair -> pair.name().equals(scheme.parameter()))
                        .map(pair -> decoded(pair.rawValue()))
                        .toList();
            case PATH -> List.of();
        };
    }

    private static String decoded(String raw) {
        try {
            return Percent.decodeForm(raw);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private String challenge(SecurityScheme scheme, RequestParameters request) {
        return switch (scheme) {
            case SecurityScheme.ApiKey apiKey ->
                "ApiKey realm=\"%s\", in=\"%s\", name=\"%s\""
                        .formatted(realm, apiKey.in().term(), apiKey.parameter().replaceAll("[\"\\\\]", ""));
            case SecurityScheme.Http http when http.scheme().equals("bearer") -> bearer(request);
            case SecurityScheme.Http http ->
                "%s realm=\"%s\""
                        .formatted(
                                http.scheme().substring(0, 1).toUpperCase(Locale.ROOT)
                                        + http.scheme().substring(1),
                                realm);
            case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ -> bearer(request);
            case SecurityScheme.MutualTls _ -> "MutualTLS realm=\"%s\"".formatted(realm);
        };
    }

    private String bearer(RequestParameters request) {
        boolean given = request.header("authorization").stream()
                .anyMatch(value -> value.regionMatches(true, 0, "Bearer ", 0, 7));
        return "Bearer realm=\"%s\"".formatted(realm) + (given ? ", error=\"invalid_token\"" : "");
    }
}

package dev.brr.runtime.security;

import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.SecurityRequirement;
import dev.brr.runtime.document.SecurityScheme;
import dev.brr.runtime.document.ServiceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts a guard before each operation, by the document's security requirements and the credentials configured. */
public final class Authenticator {
    private final Map<String, SecurityScheme> schemes;
    private final Credentials credentials;
    private final Challenges challenges;

    public Authenticator(ServiceDocument document, Credentials credentials) {
        this.schemes = document.securitySchemes();
        this.credentials = credentials;
        this.challenges = new Challenges(document.title());
    }

    /** Gives the guard of an operation. A scheme that nothing is configured for lets nobody in. */
    public Guard guard(Operation operation) {
        List<List<SchemeCheck>> alternatives = new ArrayList<>();
        boolean anyone = false;
        for (SecurityRequirement alternative : operation.security()) {
            List<SchemeCheck> checks = new ArrayList<>();
            alternative.schemes().forEach((name, scopes) -> checks.add(check(name, scopes)));
            anyone |= checks.isEmpty();
            if (!checks.isEmpty()) {
                alternatives.add(checks);
            }
        }
        if (alternatives.isEmpty()) {
            return Guard.open();
        }
        if (anyone) {
            // Comes last wherever it stands, so that callers who show who they are, are known.
            alternatives.add(List.of());
        }
        return new Guard(alternatives);
    }

    private SchemeCheck check(String name, List<String> scopes) {
        SecurityScheme scheme = schemes.get(name);
        if (scheme == null) {
            AuthOutcome closed = new AuthOutcome.Denied(List.of());
            return _ -> closed;
        }
        String challenge = challenges.of(scheme);
        if (scheme instanceof SecurityScheme.ApiKey apiKey) {
            return new ApiKeyCheck(apiKey, credentials.apiKeys(), challenge);
        }
        BasicUsers users = credentials.basicUsers().get(name);
        if (users != null) {
            return new BasicCheck(name, users, new AuthOutcome.Denied(List.of(challenge)));
        }
        if (takesTokens(scheme)) {
            TokenVerifier tokens = credentials.tokens().get(name);
            return new BearerCheck(tokens == null ? TokenVerifier.closed(name) : tokens, scopes, challenge);
        }
        AuthOutcome closed = new AuthOutcome.Denied(List.of(challenge));
        return _ -> closed;
    }

    /**
     * Says what of the document's requirements can never be met, whatever is configured: client certificates, and roles
     * of schemes that carry none.
     */
    public static List<String> refusals(ServiceDocument document) {
        Set<String> refusals = new TreeSet<>();
        for (Operation operation : document.operations()) {
            for (SecurityRequirement alternative : operation.security()) {
                alternative.schemes().forEach((name, scopes) -> {
                    SecurityScheme scheme = document.securitySchemes().get(name);
                    if (scheme instanceof SecurityScheme.MutualTls) {
                        refusals.add("the security scheme " + name + " is mutualTLS, which " + operation.id()
                                + " asks for: client certificates are not checked here; end TLS before the service"
                                + " and ask for another scheme");
                    } else if (!scopes.isEmpty() && scheme != null && !takesTokens(scheme)) {
                        refusals.add("the security requirement of " + operation.id() + " asks for " + scopes + " of "
                                + name + ", whose credentials carry no scopes or roles; leave its list empty");
                    }
                });
            }
        }
        return List.copyOf(refusals);
    }

    /** Whether credentials of a scheme are bearer tokens, which are the ones that carry scopes. */
    public static boolean takesTokens(SecurityScheme scheme) {
        return switch (scheme) {
            case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ -> true;
            case SecurityScheme.Http http -> http.scheme().equals("bearer");
            case SecurityScheme.ApiKey _, SecurityScheme.MutualTls _ -> false;
        };
    }
}

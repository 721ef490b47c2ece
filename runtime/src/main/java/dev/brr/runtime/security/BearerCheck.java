package dev.brr.runtime.security;

import dev.brr.runtime.contract.RequestParameters;
import java.util.List;
import java.util.Set;

/** Checks a bearer token and its scopes. */
final class BearerCheck implements SchemeCheck {
    private final TokenVerifier tokens;
    private final Set<String> scopes;
    private final String challenge;
    private final AuthOutcome.Denied withoutToken;
    private final AuthOutcome.Forbidden withoutScope;

    /** @param challenge the challenge without parameters that tell what is wrong */
    BearerCheck(TokenVerifier tokens, List<String> scopes, String challenge) {
        this.tokens = tokens;
        this.scopes = Set.copyOf(scopes);
        this.challenge = challenge;
        this.withoutToken = new AuthOutcome.Denied(List.of(challenge));
        this.withoutScope = new AuthOutcome.Forbidden(List.of(challenge + ", error=\"insufficient_scope\", scope=\""
                + Challenges.quoted(String.join(" ", scopes)) + "\""));
    }

    @Override
    public AuthOutcome check(RequestParameters request) {
        return switch (Authorization.of(request.header("authorization"))) {
            case Authorization.Bearer bearer -> outcome(bearer.token());
            case Authorization.Unfit unfit when unfit.scheme().equals("bearer") -> rejected(TokenFault.MALFORMED);
            case Authorization.Absent _, Authorization.Basic _, Authorization.Unfit _ -> withoutToken;
        };
    }

    @Override
    public AuthOutcome glance(RequestParameters request) {
        return Authorization.of(request.header("authorization")) instanceof Authorization.Bearer
                ? AuthOutcome.Granted.ANYONE
                : check(request);
    }

    private AuthOutcome outcome(String token) {
        return switch (tokens.verify(token)) {
            case TokenOutcome.Verified verified ->
                verified.principal().scopes().containsAll(scopes) ? verified.granted() : withoutScope;
            case TokenOutcome.Rejected rejected -> rejected(rejected.fault());
            case TokenOutcome.Unverifiable unverifiable ->
                new AuthOutcome.Undecided(tokens.scheme(), unverifiable.retryAfter());
        };
    }

    private AuthOutcome rejected(TokenFault fault) {
        return new AuthOutcome.Denied(
                List.of(challenge + ", error=\"invalid_token\", error_description=\"" + fault.description() + "\""));
    }
}

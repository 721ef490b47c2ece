package dev.brr.runtime.security;

import dev.brr.runtime.contract.RequestParameters;
import dev.brr.runtime.document.SecurityScheme;
import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.routing.Percent;
import java.util.List;
import java.util.stream.IntStream;

/** Looks for a key in a header, query parameter or cookie. */
final class ApiKeyCheck implements SchemeCheck {
    private final SecurityScheme.ApiKey scheme;
    private final ApiKeys keys;
    private final List<AuthOutcome.Granted> byKey;
    private final AuthOutcome.Denied denied;

    ApiKeyCheck(SecurityScheme.ApiKey scheme, ApiKeys keys, String challenge) {
        this.scheme = scheme;
        this.keys = keys;
        this.denied = new AuthOutcome.Denied(List.of(challenge));
        this.byKey = IntStream.rangeClosed(1, keys.count(scheme.name()))
                .mapToObj(place -> new AuthOutcome.Granted(List.of(Principal.of(scheme.name(), "key-" + place))))
                .toList();
    }

    @Override
    public AuthOutcome check(RequestParameters request) {
        for (String given : given(request)) {
            int place = keys.find(scheme.name(), given);
            if (place >= 0) {
                return byKey.get(place);
            }
        }
        return denied;
    }

    @Override
    public AuthOutcome glance(RequestParameters request) {
        return given(request).isEmpty() ? denied : AuthOutcome.Granted.ANYONE;
    }

    private List<String> given(RequestParameters request) {
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
}

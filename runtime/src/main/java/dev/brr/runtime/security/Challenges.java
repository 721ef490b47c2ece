package dev.brr.runtime.security;

import dev.brr.runtime.document.SecurityScheme;
import java.util.Locale;

/** Words the {@code WWW-Authenticate} of each scheme (RFC 9110, section 11.6.1). */
final class Challenges {
    private final String realm;

    /** @param title the document's title; what a quoted text cannot hold is left out of it */
    Challenges(String title) {
        this.realm = quoted(title);
    }

    /** Gives the challenge of a scheme; that of a bearer token says nothing about a token yet. */
    String of(SecurityScheme scheme) {
        return switch (scheme) {
            case SecurityScheme.ApiKey apiKey ->
                "ApiKey realm=\"%s\", in=\"%s\", name=\"%s\""
                        .formatted(realm, apiKey.in().term(), quoted(apiKey.parameter()));
            case SecurityScheme.Http http
            when http.scheme().equals("basic") -> "Basic realm=\"%s\", charset=\"UTF-8\"".formatted(realm);
            case SecurityScheme.Http http ->
                "%s realm=\"%s\""
                        .formatted(
                                http.scheme().substring(0, 1).toUpperCase(Locale.ROOT)
                                        + http.scheme().substring(1),
                                realm);
            case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ -> "Bearer realm=\"%s\"".formatted(realm);
            case SecurityScheme.MutualTls _ -> "MutualTLS realm=\"%s\"".formatted(realm);
        };
    }

    /** Leaves out what cannot stand between quotation marks in a header. */
    static String quoted(String text) {
        return text.replaceAll("[^ -~]|[\"\\\\]", "");
    }
}

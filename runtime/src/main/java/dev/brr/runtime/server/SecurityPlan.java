package dev.brr.runtime.server;

import dev.brr.runtime.config.CallerSettings;
import dev.brr.runtime.config.JwtSettings;
import dev.brr.runtime.config.SecuritySettings;
import dev.brr.runtime.dispatch.AccessSettings;
import dev.brr.runtime.document.Policies;
import dev.brr.runtime.document.SecurityScheme;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.security.ApiKeys;
import dev.brr.runtime.security.Authenticator;
import dev.brr.runtime.security.BasicUsers;
import dev.brr.runtime.security.Credentials;
import dev.brr.runtime.security.JwtVerifier;
import dev.brr.runtime.security.KeyOrigin;
import dev.brr.runtime.security.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Fits the credentials that are configured to the schemes of the document, and collects what does not fit. */
final class SecurityPlan {
    private final ServiceDocument document;
    private final SecuritySettings settings;
    private final List<String> mistakes;

    private SecurityPlan(ServiceDocument document, SecuritySettings settings, List<String> mistakes) {
        this.document = document;
        this.settings = settings;
        this.mistakes = mistakes;
    }

    /** @param mistakes gets what is configured and the document has no use for, or cannot be used */
    static AccessSettings of(ServiceDocument document, SecuritySettings settings, List<String> mistakes) {
        SecurityPlan plan = new SecurityPlan(document, settings, mistakes);
        plan.mistakes.addAll(Authenticator.refusals(document));
        plan.unknownCredentials();
        Credentials credentials = new Credentials(plan.apiKeys(), plan.basicUsers(), plan.tokens());
        CallerSettings callers = settings.callers();
        return new AccessSettings(
                credentials,
                new Policies(callers.cors(), callers.rateLimit()),
                callers.trustedProxies(),
                callers.rateLimitClients());
    }

    private Set<String> schemes(Predicate<SecurityScheme> kind) {
        Set<String> names = new TreeSet<>();
        document.securitySchemes().values().stream().filter(kind).forEach(scheme -> names.add(scheme.name()));
        return names;
    }

    private Set<String> apiKeySchemes() {
        return schemes(SecurityScheme.ApiKey.class::isInstance);
    }

    private Set<String> basicSchemes() {
        return schemes(scheme ->
                scheme instanceof SecurityScheme.Http http && http.scheme().equals("basic"));
    }

    private ApiKeys apiKeys() {
        Set<String> known = apiKeySchemes();
        for (String source : settings.apiKeys().unknown(known)) {
            mistakes.add(source + ": names none of the apiKey schemes of the document, " + known);
        }
        Map<String, List<String>> keys = new HashMap<>(settings.apiKeys().resolve(known));
        settings.credentials().forEach((name, given) -> {
            if (known.contains(name)) {
                settings.apiKeys().sourceOf(name).ifPresent(other -> twice(given.source(), name, other));
                keys.put(name, List.of(given.text().strip()));
            }
        });
        return new ApiKeys(keys);
    }

    private Map<String, BasicUsers> basicUsers() {
        Set<String> known = basicSchemes();
        Map<String, BasicUsers> users = new HashMap<>();
        settings.basicUsers().forEach((name, given) -> {
            if (known.contains(name)) {
                users.put(name, given.users());
            } else {
                mistakes.add(given.source() + ": names none of the HTTP basic schemes of the document, " + known);
            }
        });
        settings.credentials().forEach((name, given) -> {
            if (known.contains(name)) {
                BasicUsers.Reading reading = BasicUsers.read(given.text());
                reading.mistakes().forEach(mistake -> mistakes.add(given.source() + ": " + mistake));
                Optional.ofNullable(settings.basicUsers().get(name))
                        .ifPresent(other -> twice(given.source(), name, other.source()));
                users.put(name, reading.users());
            }
        });
        return users;
    }

    private void twice(String source, String scheme, String other) {
        mistakes.add(source + ": gives a credential to " + scheme + ", which has one by " + other);
    }

    /** Names credentials for schemes that take none of this kind. */
    private void unknownCredentials() {
        Set<String> known = new TreeSet<>(apiKeySchemes());
        known.addAll(basicSchemes());
        settings.credentials().forEach((name, given) -> {
            if (!known.contains(name)) {
                mistakes.add(
                        given.source() + ": names none of the apiKey and HTTP basic schemes of the document, " + known);
            }
        });
    }

    private Map<String, TokenVerifier> tokens() {
        Set<String> known = schemes(Authenticator::takesTokens);
        Map<String, TokenVerifier> tokens = new HashMap<>();
        settings.jwt().forEach((name, given) -> {
            if (!known.contains(name)) {
                mistakes.add(given.source()
                        + ": names none of the bearer, oauth2 and openIdConnect schemes of the document, " + known);
                return;
            }
            origin(name, given)
                    .ifPresent(origin ->
                            tokens.put(name, new JwtVerifier(name, given.policy(), origin, given.keysFreshFor())));
        });
        return tokens;
    }

    private Optional<KeyOrigin> origin(String name, JwtSettings given) {
        Optional<KeyOrigin> origin = given.keys().or(() -> ofProvider(name, given));
        if (origin.isEmpty()) {
            mistakes.add(given.source() + ": the tokens of " + name + " need keys; set BRR_JWT_JWKS__" + name
                    + " to a URL or a file");
        } else if (origin.get() instanceof KeyOrigin.OfFile file) {
            // A server that is down may come back; a file that is not there was named wrongly.
            try {
                file.fetch();
            } catch (IOException e) {
                mistakes.add(given.source() + ": the keys of " + name + " cannot be read from " + file + ": "
                        + e.getClass().getSimpleName() + ", " + e.getMessage());
            }
        }
        return origin;
    }

    private Optional<KeyOrigin> ofProvider(String name, JwtSettings given) {
        return document.securitySchemes().get(name) instanceof SecurityScheme.OpenIdConnect provider
                ? KeyOrigin.parse(provider.url())
                        .filter(KeyOrigin.OfUrl.class::isInstance)
                        .map(_ -> new KeyOrigin.OfProvider(
                                URI.create(provider.url()), given.policy().issuer()))
                : Optional.empty();
    }
}

package dev.brr.runtime.security;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the service knows of its callers, by the name of the scheme.
 *
 * @param apiKeys the keys of apiKey schemes
 * @param basicUsers the users of HTTP basic schemes
 * @param tokens what verifies the tokens of bearer, OAuth 2 and OpenID Connect schemes
 */
public record Credentials(ApiKeys apiKeys, Map<String, BasicUsers> basicUsers, Map<String, TokenVerifier> tokens) {
    /** No credentials: whatever asks for some stays closed. */
    public static final Credentials NONE = of(new ApiKeys(Map.of()));

    public Credentials {
        basicUsers = Map.copyOf(basicUsers);
        tokens = Map.copyOf(tokens);
    }

    /** Keys and nothing else. */
    public static Credentials of(ApiKeys apiKeys) {
        return new Credentials(apiKeys, Map.of(), Map.of());
    }

    /** The schemes that something opens. */
    public Set<String> schemes() {
        Set<String> schemes = new HashSet<>(apiKeys.schemes());
        schemes.addAll(basicUsers.keySet());
        schemes.addAll(tokens.keySet());
        return schemes;
    }
}

package dev.brr.runtime.config;

import java.util.Map;

/**
 * What opens the service.
 *
 * @param credentials keys and users, by scheme, whose kind the document tells
 * @param apiKeys the keys that open apiKey schemes
 * @param basicUsers the users of HTTP basic schemes, by scheme
 * @param jwt the tokens of bearer, OAuth 2 and OpenID Connect schemes, by scheme
 * @param callers from where callers may come, and how often
 */
public record SecuritySettings(
        Map<String, CredentialSettings> credentials,
        ApiKeySettings apiKeys,
        Map<String, BasicUserSettings> basicUsers,
        Map<String, JwtSettings> jwt,
        CallerSettings callers) {
    /** Nothing opens any scheme. */
    public static final SecuritySettings DEFAULTS =
            new SecuritySettings(Map.of(), ApiKeySettings.NONE, Map.of(), Map.of(), CallerSettings.DEFAULTS);

    public SecuritySettings {
        credentials = Map.copyOf(credentials);
        basicUsers = Map.copyOf(basicUsers);
        jwt = Map.copyOf(jwt);
    }

    /** The same with other credentials. */
    public SecuritySettings withCredentials(Map<String, CredentialSettings> others) {
        return new SecuritySettings(others, apiKeys, basicUsers, jwt, callers);
    }

    /** The same with other API keys. */
    public SecuritySettings withApiKeys(ApiKeySettings keys) {
        return new SecuritySettings(credentials, keys, basicUsers, jwt, callers);
    }

    /** The same with other users of HTTP basic schemes. */
    public SecuritySettings withBasicUsers(Map<String, BasicUserSettings> users) {
        return new SecuritySettings(credentials, apiKeys, users, jwt, callers);
    }

    /** The same with other tokens. */
    public SecuritySettings withJwt(Map<String, JwtSettings> tokens) {
        return new SecuritySettings(credentials, apiKeys, basicUsers, tokens, callers);
    }

    /** The same with other callers. */
    public SecuritySettings withCallers(CallerSettings others) {
        return new SecuritySettings(credentials, apiKeys, basicUsers, jwt, others);
    }
}

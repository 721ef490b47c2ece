package dev.brr.runtime.config;

/**
 * What opens the service.
 *
 * @param apiKeys the keys that open apiKey schemes
 */
public record SecuritySettings(ApiKeySettings apiKeys) {
    /** Nothing opens any scheme. */
    public static final SecuritySettings DEFAULTS = new SecuritySettings(ApiKeySettings.NONE);

    /** The same with other API keys. */
    public SecuritySettings withApiKeys(ApiKeySettings keys) {
        return new SecuritySettings(keys);
    }
}

package dev.brr.runtime.config;

import java.util.List;
import java.util.stream.Stream;

/** Reads {@link SecuritySettings}. */
final class SecurityKeys {
    static final List<SettingKey<?>> ALL = Stream.of(
                    CredentialReader.KEYS,
                    ApiKeyReader.KEYS,
                    BasicUserReader.KEYS,
                    JwtReader.KEYS,
                    CorsKeys.ALL,
                    RateLimitKeys.ALL)
            .<SettingKey<?>>flatMap(List::stream)
            .toList();

    private SecurityKeys() {}

    static SecuritySettings read(SettingValues values) {
        return new SecuritySettings(
                CredentialReader.read(values),
                new ApiKeyReader(values).read(),
                new BasicUserReader(values).read(),
                new JwtReader(values).read(),
                new CallerSettings(
                        CorsKeys.read(values),
                        RateLimitKeys.rateLimit(values),
                        RateLimitKeys.clients(values),
                        RateLimitKeys.trustedProxies(values)));
    }
}

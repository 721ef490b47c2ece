package dev.brr.runtime.config;

import java.util.List;

/** Reads {@link SecuritySettings}. */
final class SecurityKeys {
    static final List<SettingKey<?>> ALL = ApiKeyReader.KEYS;

    private SecurityKeys() {}

    static SecuritySettings read(SettingValues values) {
        return new SecuritySettings(new ApiKeyReader(values).read());
    }
}

package dev.brr.runtime.config;

import java.util.List;

/** Reads {@link LimitSettings}. */
final class LimitKeys {
    private static final LimitSettings DEFAULTS = LimitSettings.DEFAULTS;

    private static final SettingKey<Long> MAX_BODY_BYTES = SettingKey.of(
            "limits.maxBodyBytes",
            "--max-body-bytes",
            ValueType.whole(0, Integer.MAX_VALUE - 8),
            DEFAULTS.maxBodyBytes(),
            "the largest request body");

    static final List<SettingKey<?>> ALL = List.of(MAX_BODY_BYTES);

    private LimitKeys() {}

    static LimitSettings read(SettingValues values) {
        return new LimitSettings(values.get(MAX_BODY_BYTES));
    }
}

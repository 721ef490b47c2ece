package dev.brr.runtime.config;

import java.util.List;

/** Reads {@link AnswerSettings}. */
final class AnswerKeys {
    private static final SettingKey<Integer> COMPRESS_MIN_BYTES = SettingKey.of(
            "answers.compressMinBytes",
            "--compress-min-bytes",
            ValueType.count(0, Integer.MAX_VALUE),
            AnswerSettings.DEFAULTS.compressMinBytes(),
            "answers of this size and above are compressed for clients that take gzip; 0 for never");

    static final List<SettingKey<?>> ALL = List.of(COMPRESS_MIN_BYTES);

    private AnswerKeys() {}

    static AnswerSettings read(SettingValues values) {
        return new AnswerSettings(values.get(COMPRESS_MIN_BYTES));
    }
}

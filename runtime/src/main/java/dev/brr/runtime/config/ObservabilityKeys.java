package dev.brr.runtime.config;

import java.util.List;

/** Reads {@link ObservabilitySettings}. */
final class ObservabilityKeys {
    private static final ObservabilitySettings DEFAULTS = ObservabilitySettings.DEFAULTS;

    private static final SettingKey<Boolean> ACCESS_LOG = SettingKey.of(
            "observability.accessLog",
            "--access-log",
            ValueType.ON_OFF,
            DEFAULTS.accessLog(),
            "log each request as a line of JSON on standard output");

    private static final SettingKey<Integer> ACCESS_LOG_QUEUE = SettingKey.of(
            "observability.accessLogQueue",
            "--access-log-queue",
            ValueType.count(1, 1_000_000),
            DEFAULTS.accessLogQueue(),
            "lines of the access log that may wait; further ones are dropped and counted");

    private static final SettingKey<Boolean> MEMORY_BY_OPERATION = SettingKey.of(
            "observability.memoryByOperation",
            "--memory-by-operation",
            ValueType.ON_OFF,
            DEFAULTS.memoryByOperation(),
            "count the bytes that each operation allocates, of native memory and of Java objects");

    static final List<SettingKey<?>> ALL = List.of(ACCESS_LOG, ACCESS_LOG_QUEUE, MEMORY_BY_OPERATION);

    private ObservabilityKeys() {}

    static ObservabilitySettings read(SettingValues values) {
        return new ObservabilitySettings(
                values.get(ACCESS_LOG),
                values.get(ACCESS_LOG_QUEUE),
                values.get(MEMORY_BY_OPERATION),
                TracingKeys.read(values));
    }
}

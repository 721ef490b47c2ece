package dev.brr.runtime.config;

import java.time.Duration;
import java.util.List;

/** Reads {@link ShutdownSettings}. */
final class ShutdownKeys {
    private static final ShutdownSettings DEFAULTS = ShutdownSettings.DEFAULTS;

    private static final SettingKey<Duration> DRAIN_SECONDS = SettingKey.of(
            "shutdown.drainSeconds",
            "--drain-seconds",
            ValueType.seconds(0, 3600),
            DEFAULTS.drainTimeout(),
            "time for requests in flight to end");

    static final List<SettingKey<?>> ALL = List.of(DRAIN_SECONDS);

    private ShutdownKeys() {}

    static ShutdownSettings read(SettingValues values) {
        return new ShutdownSettings(values.get(DRAIN_SECONDS));
    }
}

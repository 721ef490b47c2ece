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

    private static final SettingKey<Duration> DELAY_SECONDS = SettingKey.of(
            "shutdown.delaySeconds",
            "--shutdown-delay-seconds",
            ValueType.seconds(0, 3600),
            DEFAULTS.delay(),
            "how long to take requests, not ready any more, after a signal to stop");

    static final List<SettingKey<?>> ALL = List.of(DELAY_SECONDS, DRAIN_SECONDS);

    private ShutdownKeys() {}

    static ShutdownSettings read(SettingValues values) {
        return new ShutdownSettings(values.get(DELAY_SECONDS), values.get(DRAIN_SECONDS));
    }
}

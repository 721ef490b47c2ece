package dev.brr.runtime.config;

import java.time.Duration;
import java.util.List;

/** Reads {@link ConnectionSettings}. */
final class ConnectionKeys {
    private static final ConnectionSettings DEFAULTS = ConnectionSettings.DEFAULTS;

    private static final SettingKey<Integer> MAX = SettingKey.of(
            "connections.max",
            "--max-connections",
            ValueType.count(1, 1_000_000),
            null,
            "connections open at a time on one port; when it says nothing, one for each 96 KiB of the largest heap,"
                    + " or 288 KiB where it speaks TLS, from 128 to 20000");

    private static final SettingKey<Duration> IDLE_SECONDS = SettingKey.of(
            "connections.idleSeconds",
            "--idle-seconds",
            ValueType.seconds(1, 86_400),
            DEFAULTS.idleTimeout(),
            "how long a connection may wait between requests");

    private static final SettingKey<Duration> HEADER_SECONDS = SettingKey.of(
            "connections.headerSeconds",
            "--header-seconds",
            ValueType.seconds(1, 3600),
            DEFAULTS.headerTimeout(),
            "how long the headers of a request may take to come");

    private static final SettingKey<Integer> MIN_BYTES_PER_SECOND = SettingKey.of(
            "connections.minBytesPerSecond",
            "--min-bytes-per-second",
            ValueType.count(0, Integer.MAX_VALUE),
            DEFAULTS.minBytesPerSecond(),
            "a body that comes slower, after five seconds, is refused");

    private static final SettingKey<Duration> SEND_SECONDS = SettingKey.of(
            "connections.sendSeconds",
            "--send-seconds",
            ValueType.seconds(1, 3600),
            DEFAULTS.sendTimeout(),
            "how long a client may leave an answer or an event unread");

    static final List<SettingKey<?>> ALL =
            List.of(MAX, IDLE_SECONDS, HEADER_SECONDS, MIN_BYTES_PER_SECOND, SEND_SECONDS);

    private ConnectionKeys() {}

    /** @param tls whether the port speaks TLS */
    static ConnectionSettings read(SettingValues values, boolean tls) {
        long heap = Runtime.getRuntime().maxMemory();
        return new ConnectionSettings(
                values.find(MAX).orElseGet(() -> ConnectionSettings.maxFor(heap, tls)),
                values.get(IDLE_SECONDS),
                values.get(HEADER_SECONDS),
                values.get(MIN_BYTES_PER_SECOND),
                values.get(SEND_SECONDS));
    }
}

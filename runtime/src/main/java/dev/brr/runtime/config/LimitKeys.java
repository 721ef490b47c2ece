package dev.brr.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads {@link LimitSettings}. */
final class LimitKeys {
    private static final LimitSettings DEFAULTS = LimitSettings.DEFAULTS;

    private static final SettingKey<Long> MAX_BODY_BYTES = SettingKey.of(
            "limits.maxBodyBytes",
            "--max-body-bytes",
            ValueType.whole(0, Integer.MAX_VALUE - 8),
            DEFAULTS.maxBodyBytes(),
            "the largest request body; a larger one is answered with 413");

    private static final SettingKey<Integer> MAX_HEADER_BYTES = SettingKey.of(
            "limits.maxHeaderBytes",
            "--max-header-bytes",
            ValueType.count(256, 16 * 1024 * 1024),
            DEFAULTS.maxHeaderBytes(),
            "the most bytes of headers in a request; more are answered with 431");

    private static final SettingKey<Integer> MAX_HEADERS = SettingKey.of(
            "limits.maxHeaders",
            "--max-headers",
            ValueType.count(1, 100_000),
            DEFAULTS.maxHeaders(),
            "the most header names in a request; more are answered with 431");

    private static final SettingKey<Duration> REQUEST_SECONDS = SettingKey.of(
            "limits.requestSeconds",
            "--request-seconds",
            ValueType.seconds(0, 86_400),
            DEFAULTS.requestTimeout(),
            "how long a handler may work before it is interrupted and the client told 503; 0 for no limit");

    private static final SettingKey<Integer> MAX_EVENT_STREAMS = SettingKey.of(
            "limits.maxEventStreams",
            "--max-event-streams",
            ValueType.count(0, 1_000_000),
            DEFAULTS.maxEventStreams(),
            "the most streams of server-sent events at a time; a further one is answered with 503");

    private static final SettingKey<Path> TEMPORARY_FOLDER = SettingKey.of(
            "limits.temporaryFolder",
            "--temporary-folder",
            ValueType.FOLDER,
            null,
            "where files and binary bodies of more than 64 KiB go while their request lasts,"
                    + " the folder of java.io.tmpdir when it says nothing");

    private static final SettingKey<Long> MAX_TEMPORARY_BYTES = SettingKey.of(
            "limits.maxTemporaryBytes",
            "--max-temporary-bytes",
            ValueType.whole(0, Long.MAX_VALUE - 1),
            DEFAULTS.maxTemporaryBytes(),
            "the most bytes of them, of all requests together; a further one is answered with 503");

    static final List<SettingKey<?>> ALL = List.of(
            MAX_BODY_BYTES,
            MAX_HEADER_BYTES,
            MAX_HEADERS,
            REQUEST_SECONDS,
            MAX_EVENT_STREAMS,
            TEMPORARY_FOLDER,
            MAX_TEMPORARY_BYTES);

    private LimitKeys() {}

    static LimitSettings read(SettingValues values) {
        return new LimitSettings(
                values.get(MAX_BODY_BYTES),
                values.get(MAX_HEADER_BYTES),
                values.get(MAX_HEADERS),
                values.get(REQUEST_SECONDS),
                values.get(MAX_EVENT_STREAMS),
                values.find(TEMPORARY_FOLDER).orElse(DEFAULTS.temporaryFolder()),
                values.get(MAX_TEMPORARY_BYTES));
    }
}

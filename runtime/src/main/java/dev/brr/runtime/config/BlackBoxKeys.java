package dev.brr.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads {@link BlackBoxSettings}. */
final class BlackBoxKeys {
    private static final BlackBoxSettings DEFAULTS = BlackBoxSettings.DEFAULTS;

    private static final SettingKey<Path> DIRECTORY = SettingKey.<Path>of(
            "blackbox.directory",
            "--blackbox-directory",
            ValueType.FILE,
            null,
            "the folder for heap profiles and statistics that are kept when memory runs out; nothing is kept without");

    private static final SettingKey<Integer> FIRST = SettingKey.of(
            "blackbox.firstPercent",
            "--blackbox-first-percent",
            ValueType.count(2, 99),
            DEFAULTS.firstPercent(),
            "share of the memory limit from which evidence is kept");

    private static final SettingKey<Integer> SECOND = SettingKey.of(
            "blackbox.secondPercent",
            "--blackbox-second-percent",
            ValueType.count(3, 100),
            DEFAULTS.secondPercent(),
            "share from which it is kept once more; above blackbox.firstPercent");

    private static final SettingKey<Integer> SAMPLING = SettingKey.of(
            "blackbox.samplingPercent",
            "--blackbox-sampling-percent",
            ValueType.count(0, 98),
            DEFAULTS.samplingPercent(),
            "share from which allocations are sampled, so that a kept profile has something in it; 0 for always; below"
                    + " blackbox.firstPercent");

    private static final SettingKey<Integer> GROWTH = SettingKey.of(
            "blackbox.growthPercent",
            "--blackbox-growth-percent",
            ValueType.count(1, 1000),
            DEFAULTS.growthPercent(),
            "how far the low of an hour may lie above that of an earlier one before evidence is kept");

    private static final SettingKey<Duration> INTERVAL = SettingKey.of(
            "blackbox.intervalSeconds",
            "--blackbox-interval-seconds",
            ValueType.seconds(1, 86400),
            DEFAULTS.interval(),
            "the least time until evidence is kept for the same reason again");

    private static final SettingKey<Integer> ENTRIES = SettingKey.of(
            "blackbox.entries",
            "--blackbox-entries",
            ValueType.count(1, 1000),
            DEFAULTS.entries(),
            "the most pieces of evidence; the oldest goes first");

    private static final SettingKey<Long> BYTES = SettingKey.of(
            "blackbox.bytes",
            "--blackbox-bytes",
            ValueType.whole(1 << 20, 1L << 40),
            DEFAULTS.bytes(),
            "the most bytes of all evidence; the oldest goes first");

    static final List<SettingKey<?>> ALL =
            List.of(DIRECTORY, FIRST, SECOND, SAMPLING, GROWTH, INTERVAL, ENTRIES, BYTES);

    private BlackBoxKeys() {}

    static BlackBoxSettings read(SettingValues values) {
        int first = values.get(FIRST);
        rising(values, SAMPLING, values.get(SAMPLING), FIRST, first);
        rising(values, FIRST, first, SECOND, values.get(SECOND));
        return new BlackBoxSettings(
                values.find(DIRECTORY),
                first,
                values.get(SECOND),
                values.get(SAMPLING),
                values.get(GROWTH),
                values.get(INTERVAL),
                values.get(ENTRIES),
                values.get(BYTES));
    }

    private static void rising(SettingValues values, SettingKey<?> low, int less, SettingKey<?> high, int more) {
        if (less >= more) {
            values.mistake(
                    values.given(low)
                            .or(() -> values.given(high))
                            .map(Given::source)
                            .orElse(low.shortName()),
                    "%s (%d) has to be below %s (%d)".formatted(low.name(), less, high.name(), more));
        }
    }
}

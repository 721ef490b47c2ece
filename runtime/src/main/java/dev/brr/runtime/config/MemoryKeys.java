package dev.brr.runtime.config;

import dev.brr.jemalloc.guard.GuardSettings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Reads {@link MemorySettings}. */
final class MemoryKeys {
    private static final GuardSettings DEFAULTS = GuardSettings.DEFAULTS;

    private static final SettingKey<Long> LIMIT = SettingKey.of(
            "memory.limitBytes",
            "--memory-limit",
            ValueType.whole(1, Long.MAX_VALUE),
            null,
            "the memory limit where no control group has one, or a lesser one; compared with the RSS of the process");

    private static final SettingKey<Boolean> ENABLED = SettingKey.of(
            "guard.enabled",
            "--guard",
            ValueType.ON_OFF,
            true,
            "give unused pages of jemalloc back near the memory limit; where there is no limit nothing is done");

    private static final SettingKey<Integer> PRESSURE = SettingKey.of(
            "guard.pressurePercent",
            "--guard-pressure-percent",
            ValueType.count(2, 100),
            DEFAULTS.pressurePercent(),
            "share of the memory limit from which unused pages are given back");

    private static final SettingKey<Integer> CALM = SettingKey.of(
            "guard.calmPercent",
            "--guard-calm-percent",
            ValueType.count(1, 99),
            DEFAULTS.calmPercent(),
            "share of the memory limit below which that ends; below guard.pressurePercent");

    private static final SettingKey<Duration> PURGE_SECONDS = SettingKey.of(
            "guard.purgeSeconds",
            "--guard-purge-seconds",
            ValueType.seconds(1, 3600),
            DEFAULTS.purgeInterval(),
            "the least time between two purges; a tenth of it from 95 percent of the limit on");

    private static final SettingKey<Duration> SUSTAINED_SECONDS = SettingKey.of(
            "guard.sustainedSeconds",
            "--guard-sustained-seconds",
            ValueType.seconds(0, 86400),
            DEFAULTS.sustained(),
            "how long pressure lasts before pages may stay unused for guard.decayMillis only");

    private static final SettingKey<Duration> CALM_SECONDS = SettingKey.of(
            "guard.calmSeconds",
            "--guard-calm-seconds",
            ValueType.seconds(0, 86400),
            DEFAULTS.calmFor(),
            "how long calm lasts before decay times are as they were");

    private static final SettingKey<Long> DECAY_MILLIS = SettingKey.of(
            "guard.decayMillis",
            "--guard-decay-millis",
            ValueType.whole(0, 60_000),
            DEFAULTS.decayMillis(),
            "what dirty_decay_ms and muzzy_decay_ms are shortened to under sustained pressure");

    static final List<SettingKey<?>> ALL =
            List.of(LIMIT, ENABLED, PRESSURE, CALM, PURGE_SECONDS, SUSTAINED_SECONDS, CALM_SECONDS, DECAY_MILLIS);

    private MemoryKeys() {}

    static MemorySettings read(SettingValues values) {
        return new MemorySettings(
                values.find(LIMIT).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                values.get(ENABLED),
                guard(values),
                BlackBoxKeys.read(values));
    }

    private static GuardSettings guard(SettingValues values) {
        int pressure = values.get(PRESSURE);
        int calm = values.get(CALM);
        if (calm >= pressure) {
            values.mistake(
                    values.given(CALM)
                            .or(() -> values.given(PRESSURE))
                            .map(Given::source)
                            .orElse(CALM.shortName()),
                    "guard.calmPercent (%d) has to be below guard.pressurePercent (%d)".formatted(calm, pressure));
            return DEFAULTS;
        }
        return DEFAULTS.withShares(pressure, calm)
                .withTimes(
                        DEFAULTS.interval(),
                        values.get(PURGE_SECONDS),
                        values.get(SUSTAINED_SECONDS),
                        values.get(CALM_SECONDS))
                .withDecayMillis(values.get(DECAY_MILLIS));
    }
}

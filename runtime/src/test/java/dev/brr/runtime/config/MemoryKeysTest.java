package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.guard.GuardSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryKeysTest {

    private static ConfigOutcome read(String flags) {
        return RuntimeConfig.read(
                Stream.concat(Stream.of("--spec=a"), Stream.of(flags.split(" ")))
                        .filter(flag -> !flag.isEmpty())
                        .toList(),
                Map.of());
    }

    private static MemorySettings memory(String flags) {
        return ((ConfigOutcome.Usable) read(flags)).config().memory();
    }

    @Test
    void withoutASettingThereIsAGuardAndNoBlackBox() {
        // given
        // when
        MemorySettings settings = memory("");
        // then
        assertThat(settings).isEqualTo(MemorySettings.DEFAULTS);
        assertThat(settings.guardEnabled()).isTrue();
        assertThat(settings.guard()).isEqualTo(GuardSettings.DEFAULTS);
        assertThat(settings.blackBox().directory()).isEmpty();
    }

    @Test
    void everySettingOfTheGuardArrives() {
        // given
        String flags = "--memory-limit=1000 --guard=off --guard-pressure-percent=70 --guard-calm-percent=60"
                + " --guard-purge-seconds=2 --guard-sustained-seconds=3 --guard-calm-seconds=4 --guard-decay-millis=5";
        // when
        MemorySettings settings = memory(flags);
        // then
        assertThat(settings.limitBytes()).hasValue(1000);
        assertThat(settings.guardEnabled()).isFalse();
        assertThat(settings.guard())
                .isEqualTo(new GuardSettings(
                        70,
                        60,
                        95,
                        5,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        5));
    }

    @Test
    void everySettingOfTheBlackBoxArrives() {
        // given
        String flags = "--blackbox-directory=/kept --blackbox-first-percent=50 --blackbox-second-percent=60"
                + " --blackbox-sampling-percent=40 --blackbox-growth-percent=30 --blackbox-interval-seconds=20"
                + " --blackbox-entries=3 --blackbox-bytes=2000000";
        // when
        BlackBoxSettings settings = memory(flags).blackBox();
        // then
        assertThat(settings)
                .isEqualTo(new BlackBoxSettings(
                        Optional.of(Path.of("/kept")), 50, 60, 40, 30, Duration.ofSeconds(20), 3, 2_000_000));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --guard-calm-percent=85 | --guard-calm-percent: guard.calmPercent (85) has to be below guard.pressurePercent (85)
            --guard-calm-percent=90 | --guard-calm-percent: guard.calmPercent (90) has to be below guard.pressurePercent (85)
            --guard-pressure-percent=75 | --guard-pressure-percent: guard.calmPercent (75) has to be below guard.pressurePercent (75)
            --guard-pressure-percent=2 | --guard-pressure-percent: guard.calmPercent (75) has to be below guard.pressurePercent (2)
            --blackbox-first-percent=90 | --blackbox-first-percent: blackbox.firstPercent (90) has to be below blackbox.secondPercent (90)
            --blackbox-second-percent=80 | --blackbox-second-percent: blackbox.firstPercent (80) has to be below blackbox.secondPercent (80)
            --blackbox-sampling-percent=80 | --blackbox-sampling-percent: blackbox.samplingPercent (80) has to be below blackbox.firstPercent (80)
            --blackbox-first-percent=60 | --blackbox-first-percent: blackbox.samplingPercent (60) has to be below blackbox.firstPercent (60)
            --guard-pressure-percent=101 | --guard-pressure-percent: has to be a whole number from 2 to 100, not 101
            --memory-limit=0 | --memory-limit: has to be a whole number from 1 to 9223372036854775807, not 0
            --guard=maybe | --guard: has to be on or off, not maybe
            """)
    void sharesThatDoNotRiseAreRefusedWhereTheyWereGiven(String flag, String message) {
        // given
        // when
        ConfigOutcome outcome = read(flag);
        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ConfigOutcome.Refused.class,
                        refused -> assertThat(List.copyOf(refused.messages())).contains(message));
    }
}

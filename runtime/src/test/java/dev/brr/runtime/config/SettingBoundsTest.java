package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The least and the most that each number may be. */
class SettingBoundsTest {

    private static ConfigOutcome read(String flag, String value) {
        return RuntimeConfig.read(
                List.of("--spec=a", "--tls-certificate-file=c", "--tls-key-file=k", flag + "=" + value), Map.of());
    }

    private static ConfigOutcome refusal(String flag, String value, String expected) {
        return new ConfigOutcome.Refused(List.of(flag + ": has to be " + expected + ", not " + value));
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 0, 65535",
        "--management-port, 0, 65535",
        "--tls-reload-seconds, 1, 86400",
        "--max-connections, 1, 1000000",
        "--idle-seconds, 1, 86400",
        "--header-seconds, 1, 3600",
        "--min-bytes-per-second, 0, 2147483647",
        "--send-seconds, 1, 3600",
        "--max-body-bytes, 0, 2147483639",
        "--max-header-bytes, 256, 16777216",
        "--max-headers, 1, 100000",
        "--request-seconds, 0, 86400",
        "--max-event-streams, 0, 1000000",
        "--response-sample-percent, 1, 100",
        "--max-temporary-bytes, 0, 9223372036854775806",
        "--rate-limit-clients, 1024, 4194304",
        "--compress-min-bytes, 0, 2147483647",
        "--access-log-queue, 1, 1000000",
        "--shutdown-delay-seconds, 0, 3600",
        "--drain-seconds, 0, 3600",
        "--guard-purge-seconds, 1, 3600",
        "--guard-sustained-seconds, 0, 86400",
        "--guard-calm-seconds, 0, 86400",
        "--guard-decay-millis, 0, 60000",
        "--blackbox-growth-percent, 1, 1000",
        "--blackbox-interval-seconds, 1, 86400",
        "--blackbox-entries, 1, 1000",
        "--blackbox-bytes, 1048576, 1099511627776",
    })
    void bothEndsAreTakenAndWhatLiesBeyondIsRefusedByName(String flag, long least, long most) {
        // given
        String range = "a whole number from " + least + " to " + most;

        // then
        assertThat(read(flag, String.valueOf(least))).isInstanceOf(ConfigOutcome.Usable.class);
        assertThat(read(flag, String.valueOf(most))).isInstanceOf(ConfigOutcome.Usable.class);
        for (String beyond : List.of(String.valueOf(least - 1), String.valueOf(most + 1), "9223372036854775807")) {
            assertThat(read(flag, beyond)).isEqualTo(refusal(flag, beyond, range));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e3", "0x10", "1_000", "1,000", "10s", "9223372036854775808", "--1", "one", "1 0"})
    void whatIsNoWholeNumberIsRefusedAsItWasWritten(String value) {
        // then
        assertThat(read("--idle-seconds", value))
                .isEqualTo(refusal("--idle-seconds", value, "a whole number from 1 to 86400"));
    }

    @ParameterizedTest
    @CsvSource({"on,true", "true,true", "off,false", "false,false", "' on ',true", "' false ',false"})
    void aSwitchHasTwoWordsForEachSide(String word, boolean on) {
        // when
        ConfigOutcome outcome = read("--access-log", word);

        // then
        assertThat(((ConfigOutcome.Usable) outcome).config().observability().accessLog())
                .isEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "1", "0", "ON", "True", "enabled"})
    void otherWordsForASwitchAreRefused(String word) {
        // then
        assertThat(read("--access-log", word)).isEqualTo(refusal("--access-log", word, "on or off"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--spec", "--host", "--debug-token-file", "--tls-key-file"})
    void aTextOfSpacesIsNone(String flag) {
        // when
        ConfigOutcome outcome = RuntimeConfig.read(List.of("--config=  ", flag + "=   "), Map.of());

        // then
        assertThat(((ConfigOutcome.Refused) outcome).messages())
                .anyMatch(message -> message.startsWith(flag + ": has to be ") && !message.contains(", not "))
                .contains("--config: has to be the name of a file");
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 8080, --management-port, 8080, false",
        "--port, 8080, --management-port, 8081, true",
        "--port, 0, --management-port, 0, true",
        "--port, 9090, --management-port, 8080, true",
    })
    void twoPortsDifferUnlessBothAreFree(String flag, String value, String otherFlag, String other, boolean usable) {
        // when
        ConfigOutcome outcome =
                RuntimeConfig.read(List.of("--spec=a", flag + "=" + value, otherFlag + "=" + other), Map.of());

        // then
        assertThat(outcome instanceof ConfigOutcome.Usable).isEqualTo(usable);
    }
}

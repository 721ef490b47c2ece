package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a service is worth a look of itself. */
class NextLookTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void nothingIsDueWhereNothingRunsAndNothingFailed() {
        // given
        // when
        var next = NextLook.in(List.of(), Optional.empty(), NOW);
        // then
        assertThat(next).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // seconds that the readings of two pods are good for; then
        "600, 600, 600",
        "600, 60, 60",
        "60, 600, 60",
        "-, 600, 3",
        "-, -, 3",
        "4, 600, 4",
        "3, 600, 3",
        "1, 600, 3",
        "0, 600, 3",
        "-5, 600, 3",
    })
    void theFirstPodThatIsDueDecidesAndNoneIsAskedWithoutPause(String one, String other, long seconds) {
        // given
        var goodFor = Arrays.asList(time(one), time(other));
        // when
        var next = NextLook.in(goodFor, Optional.empty(), NOW);
        // then
        assertThat(next).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"10, 11", "600, 601", "0, 1", "-30, 1"})
    void aFailedBuildIsLookedAtOnceItsTimeHasCome(long inSeconds, long seconds) {
        // given
        var retryAt = Optional.of(NOW.plusSeconds(inSeconds));
        // when
        var next = NextLook.in(List.of(), retryAt, NOW);
        // then
        assertThat(next).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"600, 10, 11", "5, 10, 5", "-, 10, 3", "600, 1200, 600"})
    void whicheverComesFirst(String goodFor, long retryIn, long seconds) {
        // given
        var retryAt = Optional.of(NOW.plusSeconds(retryIn));
        // when
        var next = NextLook.in(List.of(time(goodFor)), retryAt, NOW);
        // then
        assertThat(next).contains(Duration.ofSeconds(seconds));
    }

    private static Optional<Duration> time(@Nullable String seconds) {
        return "-".equals(seconds)
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Long.parseLong(String.valueOf(seconds))));
    }
}

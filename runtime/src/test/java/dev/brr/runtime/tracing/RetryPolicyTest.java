package dev.brr.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private static final RetryPolicy POLICY = new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(5));

    private static OtlpAnswer.Refused refused(int status, @Nullable String retryAfter) {
        return new OtlpAnswer.Refused(
                status,
                retryAfter == null
                        ? Optional.empty()
                        : RetryPolicy.retryAfter(retryAfter, Instant.parse("2026-11-23T10:00:00Z")),
                "why");
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "429, true",
        "502, true",
        "503, true",
        "504, true",
        "301, false",
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "413, false",
        "500, false",
        "501, false",
    })
    void whatMayPassIsTriedAgain(int status, boolean again) {
        // then
        assertThat(POLICY.pause(1, refused(status, null), 0.5).isPresent()).isEqualTo(again);
    }

    @ParameterizedTest
    @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "4, PT5S"})
    void theWaitDoublesUpToItsBound(int attempt, Duration wait) {
        // then
        assertThat(POLICY.pause(attempt, refused(503, null), 0.5)).contains(wait);
    }

    @ParameterizedTest
    @CsvSource({"5", "6", "100"})
    void afterSomeAttemptsABatchIsLost(int attempt) {
        // then
        assertThat(POLICY.pause(attempt, refused(503, null), 0.5)).isEmpty();
        assertThat(POLICY.pause(attempt, refused(503, "1"), 0.5)).isEmpty();
    }

    @Property
    void chanceSpreadsTheWaitAroundItsMean(
            @ForAll @IntRange(min = 1, max = 4) int attempt, @ForAll @DoubleRange(max = 0.99) double chance) {
        // given
        Duration mean = POLICY.pause(attempt, refused(503, null), 0.5).orElseThrow();

        // when
        Duration wait = POLICY.pause(attempt, refused(503, null), chance).orElseThrow();

        // then
        assertThat(wait).isBetween(mean.dividedBy(2), mean.multipliedBy(3).dividedBy(2));
    }

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "' 7 ', PT7S",
        "0, PT0S",
        "300, PT5M",
        "'Mon, 23 Nov 2026 10:00:30 GMT', PT30S",
        "'Mon, 23 Nov 2026 09:00:00 GMT', PT0S",
    })
    void theCollectorsOwnWishGoesBefore(String retryAfter, Duration wait) {
        // then
        assertThat(POLICY.pause(1, refused(429, retryAfter), 0.1)).contains(wait);
    }

    @ParameterizedTest
    @CsvSource({"301", "86400", "'Mon, 23 Nov 2026 12:00:00 GMT'"})
    void aCollectorThatWantsLongPeaceLosesTheBatch(String retryAfter) {
        // then
        assertThat(POLICY.pause(1, refused(429, retryAfter), 0.1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "soon", "-1", "1.5", "99999999999", "'Mon, 99 Nov 2026 10:00:30 GMT'"})
    void whatIsNoTimeIsNotHeeded(String retryAfter) {
        // then
        assertThat(POLICY.pause(1, refused(429, retryAfter), 0.5)).contains(Duration.ofSeconds(1));
    }
}

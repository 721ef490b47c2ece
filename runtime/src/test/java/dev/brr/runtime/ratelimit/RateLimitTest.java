package dev.brr.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    @ParameterizedTest
    @CsvSource({
        "100/60, 100, 60, 100",
        "' 1/1 ', 1, 1, 1",
        "100/60/5, 100, 60, 5",
        "1/3600/20, 1, 3600, 20",
        "1000000/1000000/1000000, 1000000, 1000000, 1000000",
    })
    void isWrittenAsRequestsSecondsAndBurst(String text, int requests, int seconds, int burst) {
        // then
        assertThat(RateLimit.parse(text)).contains(new RateLimit(requests, seconds, burst));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "100",
                "100/",
                "/60",
                "0/60",
                "100/0",
                "100/60/0",
                "-1/60",
                "1.5/60",
                "100/1m",
                "1000001/1",
                "100/60/",
                "100/60/5/5",
                "99999999999/1",
                "100 / 60"
            })
    void nothingElseIsALimit(String text) {
        // then
        assertThat(RateLimit.parse(text)).isEmpty();
    }

    @Property
    void theTextFormIsReadAgain(
            @ForAll @IntRange(min = 1, max = 1_000_000) int requests,
            @ForAll @IntRange(min = 1, max = 1_000_000) int seconds,
            @ForAll @IntRange(min = 1, max = 1_000_000) int burst) {
        // given
        RateLimit limit = new RateLimit(requests, seconds, burst);

        // then
        assertThat(RateLimit.parse(limit.toString())).contains(limit);
    }

    @Test
    void aPartOutOfRangeIsNone() {
        // then
        assertThatThrownBy(() -> new RateLimit(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}

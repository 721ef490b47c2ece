package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryLooksTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theFirstLookIsDueAtOnce() {
        // given
        // when
        // then
        assertThat(RegistryLooks.NONE.isDue(NOW)).isTrue();
    }

    @Test
    void whileOneLooksNobodyElseDoes() {
        // given
        var looking = RegistryLooks.NONE.begun();
        // when
        // then
        assertThat(looking.isDue(NOW.plus(Duration.ofDays(100_000)))).isFalse();
    }

    @ParameterizedTest(name = "after {0} looks the next is due in {1} s")
    @CsvSource({"0, 30", "1, 30", "2, 60", "3, 120", "4, 240", "5, 480", "6, 600", "7, 600", "100, 600"})
    void theNextLookIsLaterEachTime(int looks, long seconds) {
        // given
        var state = new RegistryLooks(looks, Instant.MAX);
        // when
        var ended = state.ended(NOW);
        // then
        assertThat(ended).isEqualTo(new RegistryLooks(looks, NOW.plusSeconds(seconds)));
        assertThat(ended.isDue(NOW.plusSeconds(seconds).minusNanos(1))).isFalse();
        assertThat(ended.isDue(NOW.plusSeconds(seconds))).isTrue();
    }

    /** However often somebody asks: in a day there are no more looks than a registry would not mind. */
    @Property(tries = 20)
    void aRegistryIsAskedRarely(@ForAll @IntRange(min = 1, max = 120) int secondsBetween) {
        // given
        var state = RegistryLooks.NONE.ended(NOW);
        int asked = 0;
        // when
        for (long second = 0; second < Duration.ofDays(1).toSeconds(); second += secondsBetween) {
            var at = NOW.plusSeconds(second);
            if (state.isDue(at)) {
                asked++;
                state = state.begun().ended(at);
            }
        }
        // then
        assertThat(asked).isBetween(100, 150);
    }
}

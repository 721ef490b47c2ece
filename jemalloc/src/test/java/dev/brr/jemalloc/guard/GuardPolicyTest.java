package dev.brr.jemalloc.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.brr.jemalloc.guard.GuardAction.Nothing;
import dev.brr.jemalloc.guard.GuardAction.Purge;
import dev.brr.jemalloc.guard.GuardAction.RestoreDecay;
import dev.brr.jemalloc.guard.GuardAction.ShortenDecay;
import dev.brr.jemalloc.process.MemoryReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardPolicyTest {

    private static final long LIMIT = 1000;
    private static final GuardPolicy POLICY = new GuardPolicy(GuardSettings.DEFAULTS);

    private GuardState state = GuardState.START;

    @ParameterizedTest(name = "{0} permille used, {1} unused, last purge {2} s ago: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            # used, unused, seconds since the last purge, action
            0,    0,    -, nothing
            500,  400,  -, nothing
            749,  749,  -, nothing
            849,  400,  -, nothing
            850,  0,    -, nothing
            850,  49,   -, nothing
            850,  50,   -, near_limit
            850,  500,  -, near_limit
            850,  500,  0, nothing
            850,  500,  9, nothing
            850,  500, 10, near_limit
            949,  50,  10, near_limit
            949,  49,  10, nothing
            950,  50,   -, critical
            950,  49,   -, critical
            950,  10,   -, critical
            950,  9,    -, nothing
            950,  0,    -, nothing
            950,  10,   0, nothing
            950,  10,   1, critical
            950,  500,  1, critical
            1200, 10,   1, critical
            """)
    void aPurgeNeedsPressureAndUnusedPagesAndTime(
            long used, long unused, @Nullable Long secondsSincePurge, String action) {
        // given
        Duration at = Duration.ofSeconds(100);
        Duration lastPurge = secondsSincePurge == null ? null : at.minusSeconds(secondsSincePurge);
        GuardState before = new GuardState(null, null, false, lastPurge);

        // when
        GuardPolicy.Decision decision = POLICY.decide(before, sample(at, used, unused));

        // then
        assertThat(word(decision.action())).isEqualTo(action);
    }

    @ParameterizedTest(name = "pressed for {0} s, {1} permille used, shortened {2}: {3}")
    @CsvSource(textBlock = """
            0,  900, false, nothing
            9,  900, false, nothing
            10, 900, false, shorten
            60, 900, false, shorten
            60, 850, false, shorten
            60, 849, false, nothing
            60, 750, false, nothing
            60, 900, true,  nothing
            """)
    void sustainedPressureShortensDecayOnce(long seconds, long used, boolean shortened, String action) {
        // given
        GuardState before = new GuardState(Duration.ZERO, null, shortened, null);

        // when
        GuardPolicy.Decision decision = POLICY.decide(before, sample(Duration.ofSeconds(seconds), used, 0));

        // then
        assertThat(word(decision.action())).isEqualTo(action);
        assertThat(decision.state().shortened()).isEqualTo(shortened || action.equals("shorten"));
    }

    @ParameterizedTest(name = "calm for {0} s, {1} permille used, shortened {2}: {3}")
    @CsvSource(textBlock = """
            0,   700, true,  nothing
            59,  700, true,  nothing
            60,  700, true,  restore
            600, 749, true,  restore
            600, 750, true,  nothing
            600, 800, true,  nothing
            600, 700, false, nothing
            """)
    void calmRestoresDecayOnce(long seconds, long used, boolean shortened, String action) {
        // given
        GuardState before = new GuardState(null, Duration.ZERO, shortened, null);

        // when
        GuardPolicy.Decision decision = POLICY.decide(before, sample(Duration.ofSeconds(seconds), used, 0));

        // then
        assertThat(word(decision.action())).isEqualTo(action);
        assertThat(decision.state().shortened()).isEqualTo(shortened && !action.equals("restore"));
    }

    @Test
    void theWordForTheStateFollowsPressure() {
        // given
        List<Pressure> words = new ArrayList<>();

        // when
        for (long[] look :
                new long[][] {{0, 500}, {1, 849}, {2, 850}, {3, 760}, {13, 850}, {14, 700}, {73, 749}, {74, 740}}) {
            state = POLICY.decide(state, sample(Duration.ofSeconds(look[0]), look[1], 0))
                    .state();
            words.add(state.pressure());
        }

        // then
        assertThat(words)
                .containsExactly(
                        Pressure.CALM,
                        Pressure.CALM,
                        Pressure.PRESSED,
                        Pressure.PRESSED,
                        Pressure.SHORTENED,
                        Pressure.SHORTENED,
                        Pressure.SHORTENED,
                        Pressure.CALM);
    }

    @Test
    void betweenTheSharesCalmBeginsAnew() {
        // given
        state = new GuardState(null, Duration.ZERO, true, null);

        // when
        state = POLICY.decide(state, sample(Duration.ofSeconds(30), 800, 0)).state();
        GuardPolicy.Decision decision = POLICY.decide(state, sample(Duration.ofSeconds(61), 700, 0));

        // then
        assertThat(decision.action()).isEqualTo(new Nothing());
        assertThat(decision.state().calmSince()).isEqualTo(Duration.ofSeconds(61));
    }

    @Test
    void aPurgeGoesBeforeShorterDecayWhichFollowsAtTheNextLook() {
        // given
        state = new GuardState(Duration.ZERO, null, false, null);

        // when
        GuardPolicy.Decision first = POLICY.decide(state, sample(Duration.ofSeconds(10), 900, 100));
        GuardPolicy.Decision second = POLICY.decide(first.state(), sample(Duration.ofMillis(10_500), 900, 100));

        // then
        assertThat(first.action()).isEqualTo(new Purge(PurgeReason.NEAR_LIMIT));
        assertThat(second.action()).isEqualTo(new ShortenDecay());
    }

    /** One look each half second, with more unused pages at each; what is done in the look that is meant. */
    @ParameterizedTest(name = "purges at most each {0} s, {1} permille used, sustained for {2} s: shortened at {3} s")
    @CsvSource({
        "10, 900, 10, 10.0",
        "10, 960, 10, 10.0",
        "5,  960, 10, 10.0",
        "1,  960, 10, 10.0",
        "1,  900, 10, 10.0",
        "5,  960, 0,  0.5",
        "1,  960, 3,  3.0"
    })
    void purgesAsFrequentAsLooksDoNotKeepDecayFromBeingShortened(
            int purgeSeconds, long used, int sustained, double shortenedAt) {
        // given
        GuardPolicy policy = new GuardPolicy(GuardSettings.DEFAULTS.withTimes(
                Duration.ofMillis(500),
                Duration.ofSeconds(purgeSeconds),
                Duration.ofSeconds(sustained),
                Duration.ofMinutes(1)));
        List<Double> shortened = new ArrayList<>();
        List<Double> purged = new ArrayList<>();

        // when
        for (int look = 0; look < 60; look++) {
            GuardPolicy.Decision decision = policy.decide(state, sample(Duration.ofMillis(500L * look), used, 500));
            state = decision.state();
            if (decision.action() instanceof ShortenDecay) {
                shortened.add(look / 2.0);
            } else if (decision.action() instanceof Purge) {
                purged.add(look / 2.0);
            }
        }

        // then
        assertThat(shortened).containsExactly(shortenedAt);
        assertThat(purged).first().isEqualTo(0.0);
        assertThat(purged).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aPurgeOfAnEarlierPressureDoesNotCountForThisOne() {
        // given
        state = new GuardState(Duration.ofSeconds(20), null, false, Duration.ofSeconds(5));

        // when
        GuardPolicy.Decision first = POLICY.decide(state, sample(Duration.ofSeconds(30), 960, 500));
        GuardPolicy.Decision second = POLICY.decide(first.state(), sample(Duration.ofSeconds(31), 960, 500));

        // then
        assertThat(first.action()).isEqualTo(new Purge(PurgeReason.CRITICAL));
        assertThat(second.action()).isEqualTo(new ShortenDecay());
    }

    @ParameterizedTest
    @CsvSource({"0, false", "849, false", "850, true", "1100, true"})
    void unusedPagesAreAskedForUnderPressureAlone(long used, boolean asked) {
        // given
        GuardSample sample = sample(Duration.ZERO, used, 0);

        // when
        boolean asks = POLICY.asksForUnused(sample);

        // then
        assertThat(asks).isEqualTo(asked);
    }

    @ParameterizedTest(name = "calm {0}, pressure {1}, critical {2}")
    @CsvSource({"0, 85, 95", "85, 85, 95", "90, 85, 95", "75, 96, 95"})
    void sharesThatDoNotRiseAreRefused(int calm, int pressure, int critical) {
        // given
        Duration second = Duration.ofSeconds(1);

        // when
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuardSettings(pressure, calm, critical, 5, second, second, second, second, 100))
                .withMessageContaining("have to rise");
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        // given
        GuardSettings settings = GuardSettings.DEFAULTS;

        // when
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .withMessageContaining("interval");
    }

    @Test
    void aHigherShareForPressureTakesCriticalAlong() {
        // given
        GuardSettings settings = GuardSettings.DEFAULTS;

        // when
        GuardSettings higher = settings.withShares(97, 90);

        // then
        assertThat(higher.criticalPercent()).isEqualTo(97);
        assertThat(higher.calmPercent()).isEqualTo(90);
        assertThat(settings.withShares(50, 40).criticalPercent()).isEqualTo(95);
    }

    static GuardSample sample(Duration at, long used, long unused) {
        return new GuardSample(at, new MemoryReading(LIMIT, used), unused);
    }

    static String word(GuardAction action) {
        return switch (action) {
            case Nothing() -> "nothing";
            case Purge(PurgeReason reason) -> reason.tag();
            case ShortenDecay() -> "shorten";
            case RestoreDecay() -> "restore";
        };
    }
}

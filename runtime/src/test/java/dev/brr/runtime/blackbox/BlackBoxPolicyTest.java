package dev.brr.runtime.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.process.MemoryReading;
import dev.brr.runtime.config.BlackBoxSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlackBoxPolicyTest {
    private static final long MIB = 1 << 20;
    private static final long LIMIT = 1000 * MIB;
    private static final BlackBoxPolicy POLICY = new BlackBoxPolicy(BlackBoxSettings.DEFAULTS);

    private BlackBoxState state = BlackBoxState.START;

    /** What is done at each of some shares of the limit, in permille, one look a minute. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0 100 599                        | - - -
            599 600 601                      | - start -
            799 800 801 799 800              | start limit_80 - - -
            800 701 800 799 800              | start+limit_80 - - - -
            899 900                          | start+limit_80 limit_90
            900 901 850 900                  | start+limit_90 - - -
            950                              | start+limit_90
            800 900                          | start+limit_80 limit_90
            1100                             | start+limit_90
            """)
    void aShareIsToldOfOnce(String permilles, String actions) {
        // given
        List<String> done = new ArrayList<>();
        int minute = 0;
        // when
        for (String permille : permilles.split(" ")) {
            done.add(look(Duration.ofMinutes(minute++), Long.parseLong(permille) * MIB));
        }
        // then
        assertThat(done).isEqualTo(Arrays.asList(actions.split(" ")));
    }

    @ParameterizedTest(name = "left at {0} permille, back after {1} minutes: {2}")
    @CsvSource(textBlock = """
            699, 20, limit_80
            699, 10, limit_80
            700, 20, -
            750, 20, -
            100, 20, limit_80
            699, 9,  -
            """)
    void aShareThatWasLeftIsToldOfAgainAfterTheInterval(long low, int minutes, String action) {
        // given
        look(Duration.ZERO, 800 * MIB);
        look(Duration.ofMinutes(1), low * MIB);
        // when
        String done = look(Duration.ofMinutes(minutes), 800 * MIB);
        // then
        assertThat(done).isEqualTo(action);
    }

    @Test
    void aShareReachedTooSoonIsToldOfWhenTheIntervalIsOver() {
        // given
        look(Duration.ZERO, 800 * MIB);
        look(Duration.ofMinutes(1), 100 * MIB);
        assertThat(look(Duration.ofMinutes(2), 810 * MIB)).isEqualTo("-");
        // when
        String done = look(Duration.ofMinutes(10), 810 * MIB);
        // then
        assertThat(done).isEqualTo("limit_80");
    }

    @Test
    void theHigherShareDoesNotWaitForTheLowerOnesInterval() {
        // given
        look(Duration.ZERO, 800 * MIB);
        // when
        String done = look(Duration.ofSeconds(1), 900 * MIB);
        // then
        assertThat(done).isEqualTo("limit_90");
    }

    /** Looks as seconds@permille; what is done at each, where nothing can be kept until a look ends with an exclamation mark. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0@800 1@800 4@800 5@800 6@800 14@800 15@800 34@800 35@800   | start+limit_80 - - limit_80 - - limit_80 - limit_80
            0@800 5@800! 6@800 700@800                                  | start+limit_80 limit_80 - -
            0@800 5@790 6@800! 7@800                                    | start+limit_80 - limit_80 -
            0@800 1@699 2@800                                           | start+limit_80 - limit_80
            0@800 1@900 5@900 6@900                                     | start+limit_80 limit_90 - limit_90
            0@800 1@900! 2@850 20@850                                   | start+limit_80 limit_90 - -
            0@900 5@850! 6@850 7@900!                                   | start+limit_90 limit_80 - limit_90
            0@900 5@900! 6@850 7@900                                    | start+limit_90 limit_90 - -
            0@900 4@850 5@700 9@799                                     | start+limit_90 - - -
            0@800! 1@699 2@800 600@800 601@800 605@800! 700@800         | start+limit_80 - - limit_80 - limit_80 -
            """)
    void aShareThatCouldNotBeKeptIsTriedAgainEverMoreRarely(String looks, String actions) {
        // given
        List<String> done = new ArrayList<>();
        // when
        for (String look : looks.split(" ")) {
            String[] parts = look.replace("!", "").split("@");
            done.add(tried(
                    Duration.ofSeconds(Long.parseLong(parts[0])), Long.parseLong(parts[1]) * MIB, look.endsWith("!")));
        }
        // then
        assertThat(done).isEqualTo(Arrays.asList(actions.split(" ")));
    }

    @Test
    void triesAgainAreNeverFurtherApartThanTheInterval() {
        // given
        List<Long> tries = new ArrayList<>();
        // when
        for (int second = 0; second < 7200; second++) {
            if (tried(Duration.ofSeconds(second), 800 * MIB, false).contains("limit_80")) {
                tries.add((long) second);
            }
        }
        // then
        assertThat(tries)
                .containsExactly(
                        0L, 5L, 15L, 35L, 75L, 155L, 315L, 635L, 1235L, 1835L, 2435L, 3035L, 3635L, 4235L, 4835L, 5435L,
                        6035L, 6635L);
    }

    @Test
    void growthThatCouldNotBeKeptIsTriedAgainAfterTheNextHour() {
        // given
        look(Duration.ZERO, MIB);
        List<String> done = new ArrayList<>();
        Duration begin = HourlyFloor.WARM_UP;
        // when
        for (int low : new int[] {100, 130, 130, 130}) {
            tried(begin, low * MIB, false);
            begin = begin.plusHours(1);
            done.add(tried(begin, 400 * MIB, done.size() == 2));
        }
        // then
        assertThat(done).containsExactly("-", "start+floor_growth", "floor_growth", "stop");
    }

    /** One look, and whether what is to be kept then can be. */
    private String tried(Duration at, long used, boolean kept) {
        BlackBoxState before = state;
        BlackBoxPolicy.Decision decision = POLICY.decide(before, at, new MemoryReading(LIMIT, used));
        state = decision.state();
        for (BlackBoxAction action : decision.actions()) {
            if (!kept && action instanceof BlackBoxAction.Keep(KeptReason reason)) {
                state = POLICY.failed(before, state, reason, at);
            }
        }
        return words(decision.actions());
    }

    /** Lows of hours, in MiB; what is done when the hour after each begins. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            100 100 100         | - - -
            100 119 100         | - start stop
            100 109 100         | - - -
            100 120 120         | - start+floor_growth stop
            100 110 120         | - start floor_growth
            100 150 179 180     | - start+floor_growth - floor_growth
            100 150 164 180     | - start+floor_growth stop start+floor_growth
            100 80 95 96        | - - start floor_growth
            30 36 40            | - - start+floor_growth
            10 17 20            | - - start+floor_growth
            10 17 17            | - - -
            """)
    void theLowOfAnHourIsMeasuredAgainstTheLeastOfThoseBefore(String lows, String actions) {
        // given
        List<String> done = new ArrayList<>();
        Duration begin = HourlyFloor.WARM_UP;
        look(Duration.ZERO, MIB);
        // when
        for (String low : lows.split(" ")) {
            look(begin, Long.parseLong(low) * MIB);
            look(begin.plusMinutes(30), Long.parseLong(low) * MIB + 50 * MIB);
            begin = begin.plusHours(1);
            done.add(ended(begin));
        }
        // then
        assertThat(done).isEqualTo(Arrays.asList(actions.split(" ")));
    }

    /** Minutes after an hour that grew by 20 %, at a look each; what is done at them. */
    @ParameterizedTest(name = "sampled before: {0}, looks after {1} minutes: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            false | 9 10 11 20 59     | - floor_growth - - -
            false | 5 30 31           | - floor_growth -
            false | 1 2 3             | - - -
            true  | 9 10 11 20 59     | - - - - -
            """)
    void growthIsToldOfAgainWhenItsFirstEvidenceCannotHaveAProfile(
            boolean sampledBefore, String minutes, String actions) {
        // given
        Duration begin = HourlyFloor.WARM_UP;
        look(Duration.ZERO, MIB);
        look(begin, 100 * MIB);
        look(begin.plusHours(1), 120 * MIB);
        look(begin.plusMinutes(90), sampledBefore ? 600 * MIB : 120 * MIB);
        Duration grown = begin.plusHours(2);
        assertThat(look(grown, 120 * MIB)).isEqualTo(sampledBefore ? "floor_growth" : "start+floor_growth");
        List<String> done = new ArrayList<>();
        // when
        for (String minute : minutes.split(" ")) {
            done.add(look(grown.plusMinutes(Long.parseLong(minute)), 120 * MIB));
        }
        // then
        assertThat(done).isEqualTo(Arrays.asList(actions.split(" ")));
    }

    @Test
    void theSecondPieceWaitsForTheIntervalWhereThatIsLonger() {
        // given
        BlackBoxPolicy slow = new BlackBoxPolicy(new BlackBoxSettings(
                BlackBoxSettings.DEFAULTS.directory(), 80, 90, 60, 20, Duration.ofMinutes(30), 8, 1 << 20));
        BlackBoxState before = BlackBoxState.START
                .withKept(KeptReason.FLOOR_GROWTH, Duration.ZERO)
                .withAgain(Duration.ofMinutes(10));
        MemoryReading reading = new MemoryReading(LIMIT, 120 * MIB);
        // when
        String early =
                words(slow.decide(before, Duration.ofMinutes(29), reading).actions());
        String due = words(slow.decide(before, Duration.ofMinutes(30), reading).actions());
        // then
        assertThat(early).isEqualTo("-");
        assertThat(due).isEqualTo("floor_growth");
    }

    /** Minutes after the growth; an exclamation mark where what is to be kept then can be. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0! 10! 11! 30!          | start+floor_growth floor_growth - -
            0! 10 11 19 20 29 30! 50! | start+floor_growth floor_growth - - floor_growth - floor_growth -
            0 10! 20! 59!           | start+floor_growth - - -
            """)
    void aSecondPieceThatCouldNotBeKeptIsTriedAgainAfterTheInterval(String minutes, String actions) {
        // given
        Duration begin = HourlyFloor.WARM_UP;
        look(Duration.ZERO, MIB);
        look(begin, 100 * MIB);
        look(begin.plusHours(1), 120 * MIB);
        List<String> done = new ArrayList<>();
        // when
        for (String minute : minutes.split(" ")) {
            Duration at = begin.plusHours(2).plusMinutes(Long.parseLong(minute.replace("!", "")));
            done.add(tried(at, 120 * MIB, minute.endsWith("!")));
        }
        // then
        assertThat(done).isEqualTo(Arrays.asList(actions.split(" ")));
    }

    @Test
    void whatAServiceTakesToWarmUpIsNoGrowth() {
        // given
        look(Duration.ZERO, 40 * MIB);
        look(Duration.ofMinutes(9), 50 * MIB);
        look(Duration.ofMinutes(10), 100 * MIB);
        look(Duration.ofMinutes(70), 100 * MIB);
        // when
        String done = look(Duration.ofMinutes(130), 100 * MIB);
        // then
        assertThat(done).isEqualTo("-");
    }

    @Test
    void samplingGoesOnWhileTheHourSawTheShare() {
        // given
        look(Duration.ofMinutes(10), 600 * MIB);
        look(Duration.ofMinutes(20), 100 * MIB);
        assertThat(look(Duration.ofMinutes(70), 100 * MIB)).isEqualTo("-");
        assertThat(look(Duration.ofMinutes(75), 100 * MIB)).isEqualTo("-");
        // when
        String done = look(Duration.ofMinutes(130), 100 * MIB);
        // then
        assertThat(done).isEqualTo("stop");
    }

    @Test
    void samplingFromTheStartNeverEnds() {
        // given
        BlackBoxSettings always = new BlackBoxSettings(
                BlackBoxSettings.DEFAULTS.directory(), 80, 90, 0, 20, Duration.ofMinutes(10), 8, 1 << 20);
        BlackBoxPolicy policy = new BlackBoxPolicy(always);
        // when
        BlackBoxPolicy.Decision first = policy.decide(state, Duration.ZERO, new MemoryReading(LIMIT, 0));
        state = first.state();
        List<BlackBoxAction> later = new ArrayList<>();
        for (int hour = 1; hour < 5; hour++) {
            BlackBoxPolicy.Decision next = policy.decide(state, Duration.ofHours(hour), new MemoryReading(LIMIT, 1));
            state = next.state();
            later.addAll(next.actions());
        }
        // then
        assertThat(first.actions()).containsExactly(new BlackBoxAction.StartSampling());
        assertThat(later).isEmpty();
    }

    @Test
    void whatBeginsWithTheLookThatEndsACalmHourIsNotEndedByIt() {
        // given
        look(HourlyFloor.WARM_UP, LIMIT / 10);
        // when
        String actions = look(HourlyFloor.WARM_UP.plusHours(1), LIMIT / 10 * 7);
        // then
        assertThat(actions).isEqualTo("start");
    }

    /** The look that ends an hour at its low, so that the new hour has the same low until it is looked at again. */
    private String ended(Duration at) {
        BlackBoxPolicy.Decision decision = POLICY.decide(state, at, new MemoryReading(LIMIT, 400 * MIB));
        state = decision.state();
        return words(decision.actions());
    }

    private String look(Duration at, long used) {
        BlackBoxPolicy.Decision decision = POLICY.decide(state, at, new MemoryReading(LIMIT, used));
        state = decision.state();
        return words(decision.actions());
    }

    private static String words(List<BlackBoxAction> actions) {
        List<String> words = actions.stream()
                .map(action -> switch (action) {
                    case BlackBoxAction.Keep(KeptReason reason) -> reason.tag();
                    case BlackBoxAction.StartSampling() -> "start";
                    case BlackBoxAction.StopSampling() -> "stop";
                })
                .toList();
        return words.isEmpty() ? "-" : String.join("+", words);
    }
}

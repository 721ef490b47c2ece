package dev.brr.runtime.server;

import static dev.brr.runtime.server.ConnectionWatch.Verdict.CLOSE;
import static dev.brr.runtime.server.ConnectionWatch.Verdict.INTERRUPT;
import static dev.brr.runtime.server.ConnectionWatch.Verdict.KEEP;
import static dev.brr.runtime.server.ConnectionWatch.Verdict.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.ConnectionWatch.Phase;
import dev.brr.runtime.server.ConnectionWatch.Rules;
import dev.brr.runtime.server.ConnectionWatch.Verdict;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionWatchTest {
    private static final Rules RULES = new Rules(seconds(60), seconds(10), seconds(30), seconds(20), 100);

    private final TickingClock clock = new TickingClock();
    private final ConnectionWatch watch = new ConnectionWatch(clock);

    private static long seconds(long number) {
        return TimeUnit.SECONDS.toNanos(number);
    }

    private Verdict after(long seconds) {
        return watch.verdict(clock.nanos() + seconds(seconds), RULES);
    }

    @Test
    void ofThoseOfOneTickTheFirstHasWaitedLongest() {
        // given
        List<ConnectionWatch> later =
                IntStream.range(0, 20).mapToObj(_ -> new ConnectionWatch(clock)).toList();

        // when
        Stream<ConnectionWatch> longestFirst =
                Stream.concat(later.reversed().stream(), Stream.of(watch)).sorted(ConnectionWatch.LONGEST_FIRST);

        // then
        assertThat(longestFirst)
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of(watch), later.stream()).toList());
    }

    @Test
    void whatBeganToWaitInALaterTickHasWaitedLess() {
        // given
        ConnectionWatch later = new ConnectionWatch(clock);
        clock.tick();

        // when
        watch.enter(Phase.IDLE);

        // then
        assertThat(Stream.of(watch, later).sorted(ConnectionWatch.LONGEST_FIRST))
                .containsExactly(later, watch);
    }

    @ParameterizedTest
    @CsvSource({
        "IDLE, 60, KEEP",
        "IDLE, 61, CLOSE",
        "HEAD, 10, KEEP",
        "HEAD, 11, TIMEOUT",
        "WORK, 30, KEEP",
        "WORK, 31, INTERRUPT",
        "SEND, 20, KEEP",
        "SEND, 21, CLOSE",
        "STREAM, 100000, KEEP",
        "BODY, 5, KEEP",
        "BODY, 6, TIMEOUT",
        "LINGER, 2, KEEP",
        "LINGER, 3, CLOSE",
    })
    void eachPhaseHasItsTime(Phase phase, long seconds, Verdict verdict) {
        // given
        watch.enter(phase);

        // then
        assertThat(after(seconds)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void noPhaseIsOverAtOnce(Phase phase) {
        // given
        watch.enter(phase);

        // then
        assertThat(after(0)).isEqualTo(KEEP);
    }

    @Test
    void theFirstBytesBeginTheHeaders() {
        // when
        watch.received(1);

        // then
        assertThat(watch.phase()).isEqualTo(Phase.HEAD);
        assertThat(after(11)).isEqualTo(TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({"999,10,TIMEOUT", "1000,10,KEEP", "0,5,KEEP", "600,6,KEEP", "599,6,TIMEOUT", "1000,11,TIMEOUT"})
    void aBodyHasToKeepItsRate(int bytes, long seconds, Verdict verdict) {
        // given
        watch.received(50_000);
        watch.bodyBegins();
        watch.received(bytes);

        // then
        assertThat(after(seconds)).isEqualTo(verdict);
    }

    @Test
    void bytesOfABodyAreNoNewRequest() {
        // given
        watch.bodyBegins();

        // when
        watch.received(1);

        // then
        assertThat(watch.phase()).isEqualTo(Phase.BODY);
    }

    @Test
    void aHandlerIsInterruptedOnce() {
        // given
        watch.enter(Phase.WORK);
        assertThat(after(31)).isEqualTo(INTERRUPT);

        // when
        watch.interruptedNow();

        // then
        assertThat(after(32)).isEqualTo(KEEP);
        assertThat(watch.takeInterrupted()).isTrue();
        assertThat(watch.takeInterrupted()).isFalse();
    }

    @Test
    void withoutALimitAHandlerMayTakeItsTime() {
        // given
        watch.enter(Phase.WORK);

        // then
        assertThat(watch.verdict(clock.nanos() + seconds(86_400), new Rules(1, 1, 0, 1, 0)))
                .isEqualTo(KEEP);
    }

    @Test
    void withoutARateABodyMayTakeItsTime() {
        // given
        watch.bodyBegins();

        // then
        assertThat(watch.verdict(clock.nanos() + seconds(86_400), new Rules(1, 1, 0, 1, 0)))
                .isEqualTo(KEEP);
    }

    @Test
    void whoGoesOnToSendMayNotDoSoForever() {
        // given
        watch.enter(Phase.LINGER);
        watch.received(1);

        // then
        assertThat(after(11)).isEqualTo(CLOSE);
    }
}

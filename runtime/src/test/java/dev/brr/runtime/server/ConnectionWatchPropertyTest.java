package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.ConnectionWatch.Phase;
import dev.brr.runtime.server.ConnectionWatch.Rules;
import dev.brr.runtime.server.ConnectionWatch.Verdict;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every connection whatever its times and rules are. */
class ConnectionWatchPropertyTest {
    private static final Rules RULES = new Rules(1_000, 2_000, 3_000, 4_000, 0);

    private final TickingClock clock = new TickingClock();
    private final ConnectionWatch watch = new ConnectionWatch(clock);

    @Property(tries = 500)
    void whatIsOverStaysOver(
            @ForAll Phase phase,
            @ForAll @LongRange(min = 1, max = 100_000_000_000L) long allowed,
            @ForAll @LongRange(min = 0, max = 100_000_000_000L) long nanos,
            @ForAll @LongRange(min = 0, max = 100_000_000_000L) long more,
            @ForAll @IntRange(max = 1_000_000) int bytes) {
        // given
        TickingClock time = new TickingClock();
        ConnectionWatch connection = new ConnectionWatch(time);
        connection.enter(phase);
        connection.received(bytes);
        Rules rules = new Rules(allowed, allowed, allowed, allowed, 100);

        // when
        Verdict sooner = connection.verdict(time.nanos() + nanos, rules);
        Verdict later = connection.verdict(time.nanos() + nanos + more, rules);

        // then
        assertThat(sooner == Verdict.KEEP || later == sooner).isTrue();
    }

    @Property(tries = 300)
    void moreBytesNeverMakeABodySlower(
            @ForAll @IntRange(max = 10_000) int bytes,
            @ForAll @IntRange(max = 10_000) int more,
            @ForAll @LongRange(max = 100_000_000_000L) long nanos,
            @ForAll @IntRange(max = 10_000) int rate) {
        // given
        TickingClock time = new TickingClock();
        ConnectionWatch slower = new ConnectionWatch(time);
        slower.bodyBegins();
        slower.received(bytes);
        ConnectionWatch faster = new ConnectionWatch(time);
        faster.bodyBegins();
        faster.received(bytes + more);
        Rules rules = new Rules(1, 1, 1, 1, rate);

        // when
        Verdict ofSlower = slower.verdict(time.nanos() + nanos, rules);
        Verdict ofFaster = faster.verdict(time.nanos() + nanos, rules);

        // then
        assertThat(ofFaster == Verdict.KEEP || ofSlower != Verdict.KEEP).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "IDLE, 1000, CLOSE",
        "HEAD, 2000, TIMEOUT",
        "WORK, 3000, INTERRUPT",
        "SEND, 4000, CLOSE",
        "LINGER, 2000000000, CLOSE",
    })
    void theTimeOfAPhaseIsAllItsOwnToTheLastNanosecond(Phase phase, long nanos, Verdict over) {
        // given
        watch.enter(phase);

        // then
        assertThat(watch.verdict(clock.nanos() + nanos, RULES)).isEqualTo(Verdict.KEEP);
        assertThat(watch.verdict(clock.nanos() + nanos + 1, RULES)).isEqualTo(over);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IDLE"})
    void onlyAConnectionThatWaitsBeginsARequestByItsBytes(Phase phase) {
        // given
        watch.enter(phase);

        // when
        watch.received(7);

        // then
        assertThat(watch.phase()).isEqualTo(phase);
        assertThat(watch.bytes()).isEqualTo(7);
    }

    @Test
    void theBytesOfEachRequestAreCountedAnew() {
        // given
        watch.received(100);
        watch.received(20);
        assertThat(watch.bytes()).isEqualTo(120);

        // when
        watch.enter(Phase.IDLE);
        watch.received(3);

        // then
        assertThat(watch.bytes()).isEqualTo(3);
        assertThat(watch.phase()).isEqualTo(Phase.HEAD);
    }

    @Test
    void furtherBytesOfTheHeadersDoNotPutOffTheirEnd() {
        // given
        watch.received(1);
        long began = watch.since();

        // when
        clock.tick();
        watch.received(1);

        // then
        assertThat(watch.since()).isEqualTo(began);
        assertThat(watch.verdict(began + 2_001, RULES)).isEqualTo(Verdict.TIMEOUT);
    }

    @Test
    void aBodyBeginsItsOwnTime() {
        // given
        watch.received(500);
        clock.tick();

        // when
        watch.bodyBegins();

        // then
        assertThat(watch.since()).isEqualTo(clock.nanos());
        assertThat(watch.bytes()).isZero();
        assertThat(watch.verdict(clock.nanos() + ConnectionWatch.BODY_GRACE_NANOS, new Rules(1, 1, 1, 1, 1)))
                .isEqualTo(Verdict.KEEP);
    }

    @Test
    void aConnectionLingersOnceItIsToldTo() {
        // given
        assertThat(watch.lingers()).isFalse();

        // when
        watch.linger();
        watch.enter(Phase.LINGER);

        // then
        assertThat(watch.lingers()).isTrue();
        assertThat(watch.phase()).isEqualTo(Phase.LINGER);
    }

    @Test
    void theWordThatWorkWasInterruptedIsTakenOnceEachTime() {
        // when
        watch.interruptedNow();
        watch.interruptedNow();

        // then
        assertThat(watch.takeInterrupted()).isTrue();
        assertThat(watch.takeInterrupted()).isFalse();
        watch.interruptedNow();
        assertThat(watch.takeInterrupted()).isTrue();
    }
}

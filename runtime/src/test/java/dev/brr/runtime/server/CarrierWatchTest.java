package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.CarrierWatch.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CarrierWatchTest {
    @Test
    void eachLookAtAThreadThatWaitsAddsACarrier() {
        assertThat(State.FIRST.after(true).after(true)).isEqualTo(new State(2, 0));
    }

    @Test
    void thereIsAMost() {
        // given
        State most = new State(CarrierWatch.MORE_AT_MOST, 0);

        // when
        State next = most.after(true);

        // then
        assertThat(next).isEqualTo(most);
    }

    @Test
    void aMinuteOfCalmTakesOneAway() {
        assertThat(calm(new State(2, 0), CarrierWatch.CALM_LOOKS - 1).more()).isEqualTo(2);
        assertThat(calm(new State(2, 0), CarrierWatch.CALM_LOOKS)).isEqualTo(new State(1, 0));
    }

    @Test
    void aWaitBeginsTheMinuteAnew() {
        assertThat(new State(2, CarrierWatch.CALM_LOOKS - 1).after(true)).isEqualTo(new State(3, 0));
    }

    @Test
    void thereAreNeverLessThanAtFirst() {
        assertThat(calm(State.FIRST, 3 * CarrierWatch.CALM_LOOKS).more()).isZero();
    }

    @Test
    void aThreadThatDoesNotBeginHasACarrierAdded() {
        // given
        List<Integer> added = new ArrayList<>();
        CarrierWatch watch = new CarrierWatch(_ -> {}, more -> {
            added.add(more);
            return 2 + added.size();
        });

        // when
        IntStream.range(0, 3).forEach(_ -> watch.look());

        // then
        assertThat(added).containsExactly(1, 1);
    }

    @Test
    void aLookThatFailsIsNotTheLast() {
        // given
        AtomicInteger started = new AtomicInteger();
        List<Integer> added = new ArrayList<>();
        CarrierWatch watch = new CarrierWatch(
                _ -> {
                    if (started.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                },
                more -> {
                    added.add(more);
                    if (added.size() == 1) {
                        throw new IllegalStateException("no such scheduler");
                    }
                    return 3;
                });

        // when
        IntStream.range(0, 4).forEach(_ -> watch.look());

        // then
        assertThat(started).hasValue(2);
        assertThat(added).containsExactly(1, 1);
    }

    private static State calm(State state, int looks) {
        return IntStream.range(0, looks).boxed().reduce(state, (at, _) -> at.after(false), (_, last) -> last);
    }
}

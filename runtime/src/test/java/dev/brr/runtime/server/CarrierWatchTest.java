package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.CarrierWatch.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarrierWatchTest {
    @Test
    void aThreadThatBeginsWithinASecondAddsNoCarrier() {
        assertThat(waiting(State.FIRST, CarrierWatch.PATIENT_LOOKS - 1).after(false))
                .isEqualTo(new State(0, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "5, 1", "6, 1", "7, 2", "8, 2", "9, 3", "1000, 64"})
    void whatWaitsForASecondAddsOneAndEverySecondLookAnother(int looks, int more) {
        assertThat(waiting(State.FIRST, looks).more()).isEqualTo(more);
    }

    @Test
    void aMinuteOfCalmTakesOneAway() {
        assertThat(calm(new State(2, 9, 0), CarrierWatch.CALM_LOOKS - 1).more()).isEqualTo(2);
        assertThat(calm(new State(2, 9, 0), CarrierWatch.CALM_LOOKS)).isEqualTo(new State(1, 0, 0));
    }

    @Test
    void aWaitBeginsTheMinuteAnew() {
        assertThat(new State(2, 0, CarrierWatch.CALM_LOOKS - 1).after(true)).isEqualTo(new State(2, 1, 0));
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
        // The first look starts the thread.
        IntStream.rangeClosed(0, CarrierWatch.PATIENT_LOOKS + 2).forEach(_ -> watch.look());

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
        IntStream.rangeClosed(0, CarrierWatch.PATIENT_LOOKS + 2).forEach(_ -> watch.look());

        // then
        assertThat(started).hasValue(2);
        assertThat(added).containsExactly(1, 1);
    }

    private static State waiting(State state, int looks) {
        return IntStream.range(0, looks).boxed().reduce(state, (at, _) -> at.after(true), (_, last) -> last);
    }

    private static State calm(State state, int looks) {
        return IntStream.range(0, looks).boxed().reduce(state, (at, _) -> at.after(false), (_, last) -> last);
    }
}

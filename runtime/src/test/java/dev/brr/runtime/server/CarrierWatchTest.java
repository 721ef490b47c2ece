package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.CarrierWatch.State;
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

    private static State calm(State state, int looks) {
        return IntStream.range(0, looks).boxed().reduce(state, (at, _) -> at.after(false), (_, last) -> last);
    }
}

package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyRoomTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void aLargeBodyTakesItsRoomAndGivesItBack() {
        // given
        BodyRoom room = new BodyRoom(3 * MEBIBYTE);

        // when
        BodyRoom.Slice first = room.take(2 * MEBIBYTE);
        long second = room.take(2 * MEBIBYTE).bytes();
        first.close();

        // then
        assertThat(first.bytes()).isEqualTo(2 * MEBIBYTE);
        assertThat(second).isEqualTo(MEBIBYTE);
        assertThat(room.take(5 * MEBIBYTE).bytes()).isEqualTo(2 * MEBIBYTE);
    }

    @Test
    void aSmallBodyFindsRoomWhereThereIsNone() {
        // given
        BodyRoom room = new BodyRoom(MEBIBYTE);
        room.take(MEBIBYTE);

        // then: one whose size is not known yet may be small
        assertThat(room.take(1000).bytes()).isEqualTo(1000);
        assertThat(room.take(16 * MEBIBYTE).bytes()).isEqualTo(BodyRoom.SMALL);
    }

    @Test
    void whatABodyDoesNotNeedIsForOthers() {
        // given
        BodyRoom room = new BodyRoom(3 * MEBIBYTE);
        BodyRoom.Slice slice = room.take(3 * MEBIBYTE);

        // when
        slice.keep(MEBIBYTE);

        // then
        assertThat(room.take(16 * MEBIBYTE).bytes()).isEqualTo(2 * MEBIBYTE);
    }

    @Property(tries = 200)
    void nothingIsLostOrMade(
            @ForAll @LongRange(min = 0, max = 10_000_000) long first,
            @ForAll @LongRange(min = 0, max = 10_000_000) long second) {
        // given
        BodyRoom room = new BodyRoom(5 * MEBIBYTE);

        // when
        try (BodyRoom.Slice one = room.take(first);
                BodyRoom.Slice other = room.take(second)) {
            one.keep(first / 2);
            other.close();
            other.close();
        }

        // then
        assertThat(room.take(100 * MEBIBYTE).bytes()).isEqualTo(5 * MEBIBYTE);
    }

    @ParameterizedTest
    @CsvSource({"89, 100, false", "91, 100, true", "0, 100, false", "100, 100, true"})
    void aHeapIsSpentWhenLittleIsLeft(long used, long most, boolean spent) {
        assertThat(MemoryShortage.isSpent(used, most)).isEqualTo(spent);
    }
}

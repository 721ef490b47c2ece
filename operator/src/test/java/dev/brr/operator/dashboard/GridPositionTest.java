package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GridPositionTest {

    record Size(int width, int height) {}

    @Provide
    Arbitrary<List<Size>> sizes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, GridPosition.COLUMNS),
                        Arbitraries.integers().between(1, 12))
                .as(Size::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 200)
    void neverOverlapsNorLeavesTheGrid(@ForAll("sizes") List<Size> sizes) {
        // given
        var cursor = new GridPosition.Cursor();
        // when
        var placed = sizes.stream()
                .map(size -> cursor.next(size.width(), size.height()))
                .toList();
        // then
        assertThat(placed).allMatch(position -> position.x() + position.width() <= GridPosition.COLUMNS);
        for (int i = 0; i < placed.size(); i++) {
            var one = placed.get(i);
            assertThat(placed.subList(i + 1, placed.size())).noneMatch(other -> overlap(one, other));
        }
    }

    @Property(tries = 200)
    void keepsTheOrderOfReading(@ForAll("sizes") List<Size> sizes) {
        // given
        var cursor = new GridPosition.Cursor();
        // when
        var places = new ArrayList<Integer>();
        sizes.forEach(size -> {
            var position = cursor.next(size.width(), size.height());
            places.add(position.y() * GridPosition.COLUMNS + position.x());
        });
        // then
        assertThat(places).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void fillsALineBeforeItBeginsTheNext() {
        // given
        var cursor = new GridPosition.Cursor();
        // when
        var positions = List.of(cursor.next(12, 8), cursor.next(12, 4), cursor.next(12, 8));
        // then
        assertThat(positions)
                .containsExactly(
                        new GridPosition(0, 0, 12, 8), new GridPosition(12, 0, 12, 4), new GridPosition(0, 8, 12, 8));
    }

    private static boolean overlap(GridPosition one, GridPosition other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }
}

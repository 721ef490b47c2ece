package dev.brr.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShelfTest {

    @Test
    void thingsComeInTheOrderTheyWent() {
        // given
        Shelf<String, Integer> shelf = new Shelf<>(3);
        shelf.put("b", 1);
        shelf.put("a", 2);

        // then
        assertThat(shelf.all()).containsExactly(1, 2);
        assertThat(shelf.get("a")).contains(2);
        assertThat(shelf.get("c")).isEmpty();
    }

    @Test
    void aFullShelfTakesNothingNew() {
        // given
        Shelf<String, Integer> shelf = new Shelf<>(1);
        assertThat(shelf.put("a", 1)).isTrue();

        // then
        assertThat(shelf.put("b", 2)).isFalse();
        assertThat(shelf.put("a", 3)).isTrue();
        assertThat(shelf.all()).containsExactly(3);
    }

    @Test
    void whatIsTakenOutMakesRoom() {
        // given
        Shelf<String, Integer> shelf = new Shelf<>(1);
        shelf.put("a", 1);

        // then
        assertThat(shelf.remove("a")).isTrue();
        assertThat(shelf.remove("a")).isFalse();
        assertThat(shelf.put("b", 2)).isTrue();
    }

    @Test
    void whatWasReadDoesNotChangeAnyMore() {
        // given
        Shelf<String, Integer> shelf = new Shelf<>(2);
        shelf.put("a", 1);
        List<Integer> read = shelf.all();

        // when
        shelf.put("b", 2);

        // then
        assertThat(read).containsExactly(1);
    }

    @Property
    void itNeverHoldsMoreThanItMay(
            @ForAll @IntRange(min = 1, max = 10) int capacity,
            @ForAll @Size(max = 50) List<@IntRange(min = 0, max = 20) Integer> keys) {
        // given
        Shelf<Integer, Integer> shelf = new Shelf<>(capacity);

        // when
        long distinct = keys.stream().distinct().count();
        keys.forEach(key -> shelf.put(key, key));

        // then
        assertThat(shelf.all()).hasSize((int) Math.min(capacity, distinct));
    }

    @Test
    void manyAtOnceDoNotOverfillIt() {
        // given
        Shelf<Integer, Integer> shelf = new Shelf<>(100);
        AtomicInteger taken = new AtomicInteger();

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                int key = i;
                var _ = threads.submit(() -> {
                    if (shelf.put(key, key)) {
                        taken.incrementAndGet();
                    }
                });
            }
        }

        // then
        assertThat(taken).hasValue(100);
        assertThat(shelf.all()).hasSize(100);
    }
}

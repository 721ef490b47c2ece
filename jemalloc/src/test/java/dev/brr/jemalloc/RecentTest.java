package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentTest {

    private static final Duration AGE = Duration.ofMillis(100);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
    private final AtomicInteger reads = new AtomicInteger();
    private final Recent<Integer> recent = new Recent<>(reads::incrementAndGet, clock::get);

    @Test
    void theSameReadingServesUntilItIsOld() {
        assertThat(recent.notOlderThan(AGE)).isEqualTo(1);
        clock.addAndGet(AGE.toNanos());
        assertThat(recent.notOlderThan(AGE)).isEqualTo(1);
        clock.addAndGet(1);
        assertThat(recent.notOlderThan(AGE)).isEqualTo(2);
    }

    @Test
    void theClockMayOverflow() {
        // given
        clock.set(Long.MAX_VALUE);
        recent.notOlderThan(AGE);

        // when
        clock.addAndGet(AGE.toNanos() + 1);

        // then
        assertThat(recent.notOlderThan(AGE)).isEqualTo(2);
    }

    @Test
    void eachCallerDecidesWhatIsOldForIt() {
        recent.notOlderThan(AGE);
        clock.addAndGet(10);

        assertThat(recent.notOlderThan(Duration.ofNanos(10))).isEqualTo(1);
        assertThat(recent.notOlderThan(Duration.ofNanos(9))).isEqualTo(2);
        assertThat(recent.notOlderThan(AGE)).isEqualTo(2);
    }

    @Test
    void aFailedReadingIsNotKept() {
        // given
        AtomicInteger calls = new AtomicInteger();
        Recent<String> failing = new Recent<>(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("no");
            }
            return "yes";
        });

        // then
        assertThatThrownBy(() -> failing.notOlderThan(AGE)).hasMessage("no");
        assertThat(failing.notOlderThan(AGE)).isEqualTo("yes");
    }

    @Test
    void manyThreadsShareOneReading() throws Exception {
        // given
        List<Future<Integer>> values = new ArrayList<>();

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                values.add(threads.submit(() -> recent.notOlderThan(AGE)));
            }
        }

        // then
        for (Future<Integer> value : values) {
            assertThat(value.get()).isEqualTo(1);
        }
        assertThat(reads).hasValue(1);
    }
}

package dev.brr.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What waits, what is dropped, and what becomes of it at the end. */
@Timeout(60)
class AccessLogQueueTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static AccessEntry entry(int number) {
        return new AccessEntry(0, "GET", "/" + number, "getPet", 200, 1, 2, "127.0.0.1", "", "");
    }

    private static ConditionFactory within() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
    }

    private double dropped() {
        return registry.get("brr.access.log.dropped").functionCounter().count();
    }

    /** The numbers of the entries, in the order of their lines; fails when a line is not whole. */
    private static List<Integer> numbers(String text) {
        return text.lines()
                .map(line -> {
                    JsonNode read = JsonMapper.shared().readTree(line);
                    return Integer.parseInt(read.get("path").stringValue().substring(1));
                })
                .toList();
    }

    /** An output whose writes begin when they are let, and say when they have come so far. */
    private static final class Gate extends OutputStream {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final List<String> writes = new ArrayList<>();
        private int failures;
        private int flushes;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            reached.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            synchronized (this) {
                if (failures > 0) {
                    failures--;
                    throw new IOException("no space left");
                }
                writes.add(new String(bytes, from, length, StandardCharsets.UTF_8));
            }
        }

        @Override
        public synchronized void flush() {
            flushes++;
        }

        synchronized void failOnce() {
            failures = 1;
        }

        synchronized List<String> writes() {
            return List.copyOf(writes);
        }

        synchronized int flushes() {
            return flushes;
        }

        /** Lets the writes go, and waits for so many flushes: the end of a log waits for a second at most. */
        void letGo(int wanted) {
            go.countDown();
            within().until(() -> flushes() >= wanted);
        }
    }

    @Test
    void asManyWaitAsFitAndEachFurtherOneIsCounted() throws InterruptedException {
        // given
        Gate out = new Gate();
        try (AccessLog log = new AccessLog(out, 5)) {
            log.bindTo(registry);
            log.add(entry(0));
            out.reached.await();

            // when
            IntStream.rangeClosed(1, 8).forEach(number -> log.add(entry(number)));

            // then
            assertThat(dropped()).isEqualTo(3);
            out.letGo(2);
        }
        assertThat(numbers(String.join("", out.writes()))).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void whatWaitsIsWrittenAtOnceAndFlushed() throws InterruptedException {
        // given
        Gate out = new Gate();
        try (AccessLog log = new AccessLog(out, 100)) {
            log.add(entry(0));
            out.reached.await();
            IntStream.rangeClosed(1, 50).forEach(number -> log.add(entry(number)));

            // when
            out.letGo(2);
        }

        // then
        assertThat(out.writes()).hasSize(2);
        assertThat(numbers(out.writes().get(1))).hasSize(50).startsWith(1).endsWith(50);
        assertThat(out.flushes()).isEqualTo(2);
    }

    @Test
    void oneWriteHoldsABoundedNumberOfLines() throws InterruptedException {
        // given
        Gate out = new Gate();
        try (AccessLog log = new AccessLog(out, 1000)) {
            log.add(entry(0));
            out.reached.await();
            IntStream.rangeClosed(1, 600).forEach(number -> log.add(entry(number)));

            // when
            out.letGo(4);
        }

        // then
        assertThat(out.writes()).map(write -> write.lines().count()).containsExactly(1L, 256L, 256L, 88L);
    }

    @Test
    void outputThatRecoversIsWrittenToAgain() throws InterruptedException {
        // given
        Gate out = new Gate();
        out.failOnce();
        try (AccessLog log = new AccessLog(out, 10)) {
            log.bindTo(registry);
            log.add(entry(0));
            out.reached.await();
            log.add(entry(1));

            // when
            out.letGo(1);
        }

        // then
        assertThat(dropped()).isEqualTo(1);
        assertThat(numbers(String.join("", out.writes()))).containsExactly(1);
    }

    @Test
    void outputThatIsStuckDoesNotKeepTheServiceFromItsEnd() throws InterruptedException {
        // given
        Gate out = new Gate();
        AccessLog log = new AccessLog(out, 10);
        log.bindTo(registry);
        log.add(entry(0));
        out.reached.await();

        // when
        log.close();

        // then
        within().until(() -> dropped() == 1);
        assertThat(out.writes()).isEmpty();
    }

    @Test
    void linesOfManyThreadsStayWholeAndNoneIsLost() throws InterruptedException {
        // given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int threads = 8;
        int each = 500;
        CountDownLatch begin = new CountDownLatch(1);
        AccessLog log = new AccessLog(out, threads * each);
        log.bindTo(registry);
        List<Thread> callers = IntStream.range(0, threads)
                .mapToObj(thread -> Thread.startVirtualThread(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    IntStream.range(0, each).forEach(number -> log.add(entry(thread * each + number)));
                }))
                .toList();

        // when
        begin.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        // The end waits for a second at most; what is late on a slow machine is waited for here.
        within().until(() -> out.toString(StandardCharsets.UTF_8).lines().count() == (long) threads * each);
        log.close();

        // then
        List<Integer> written = numbers(out.toString(StandardCharsets.UTF_8));
        Set<Integer> all = IntStream.range(0, threads * each).boxed().collect(Collectors.toSet());
        assertThat(written).hasSize(threads * each).containsAll(all);
        assertThat(written.stream().filter(number -> number / each == 3)).isSorted();
        assertThat(dropped()).isZero();
    }

    @Test
    void nothingIsLostBetweenWhatIsWrittenAndWhatIsCounted() throws InterruptedException {
        // given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AccessLog log = new AccessLog(out, 3);
        log.bindTo(registry);

        // when
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(thread -> Thread.startVirtualThread(
                        () -> IntStream.range(0, 500).forEach(number -> log.add(entry(number)))))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }

        // then
        within().until(() -> out.toString(StandardCharsets.UTF_8).lines().count() + dropped() == 2000);
        log.close();
    }

    @Test
    void aQueueHasRoomForOneAtLeast() {
        // then
        assertThatThrownBy(() -> new AccessLog(new ByteArrayOutputStream(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingTwiceDoesNoHarm() {
        // given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AccessLog log = new AccessLog(out, 10);
        log.add(entry(1));
        within().until(() -> out.size() > 0);

        // when
        log.close();
        log.close();

        // then
        assertThat(numbers(out.toString(StandardCharsets.UTF_8))).containsExactly(1);
    }
}

package dev.brr.jemalloc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedLookTest {
    private static final Duration OFTEN = Duration.ofNanos(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch enough = new CountDownLatch(1);

    private void waitUntilEnough() throws InterruptedException {
        assertThat(enough.await(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Looks that end as a test says, one after the other, and then well. */
    private RepeatedLook looks(Consumer<Throwable> told, @Nullable Throwable... outcomes) {
        Iterator<@Nullable Throwable> next = Arrays.asList(outcomes).iterator();
        return new RepeatedLook(
                "looks",
                OFTEN,
                _ -> {
                    if (!next.hasNext()) {
                        enough.countDown();
                        return;
                    }
                    switch (next.next()) {
                        case null -> {}
                        case Error error -> throw error;
                        case Exception exception -> throw exception;
                        case Throwable other -> throw new AssertionError(other);
                    }
                },
                () -> {},
                told);
    }

    private void run(RepeatedLook looks) throws InterruptedException {
        try (looks) {
            looks.start();
            waitUntilEnough();
            assertThat(looks.isLooking()).isTrue();
        }
    }

    private void tell(Throwable problem) {
        problems.add(String.valueOf(problem.getMessage()));
    }

    @Test
    void nothingThatALookThrowsEndsTheLooking() throws InterruptedException {
        // given
        RepeatedLook looks = looks(
                this::tell,
                new IOException("checked"),
                new IllegalStateException("unchecked"),
                new OutOfMemoryError("no memory"),
                new StackOverflowError("too deep"),
                new NoClassDefFoundError("too few classes"));
        // when
        run(looks);
        // then
        assertThat(problems).containsExactly("checked", "unchecked", "no memory", "too deep", "too few classes");
    }

    @Test
    void aProblemThatStaysIsToldOnce() throws InterruptedException {
        // given
        RepeatedLook looks =
                looks(this::tell, new IOException("full"), new IOException("full"), new IOException("full"));
        // when
        run(looks);
        // then
        assertThat(problems).containsExactly("full");
    }

    @Test
    void anotherKindOfProblemIsToldThoughItSaysTheSame() throws InterruptedException {
        // given
        RepeatedLook looks = looks(this::tell, new IOException("full"), new OutOfMemoryError("full"));
        // when
        run(looks);
        // then
        assertThat(problems).containsExactly("full", "full");
    }

    @Test
    void aProblemThatComesBackIsToldAgain() throws InterruptedException {
        // given
        RepeatedLook looks = looks(this::tell, new IOException("full"), null, new IOException("full"));
        // when
        run(looks);
        // then
        assertThat(problems).containsExactly("full", "full");
    }

    @Test
    void whatCouldNotBeToldIsToldNextTime() throws InterruptedException {
        // given
        AtomicInteger tries = new AtomicInteger();
        Consumer<Throwable> told = problem -> {
            if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("even for the telling");
            }
            tell(problem);
        };
        RepeatedLook looks = looks(told, new IOException("full"), new IOException("full"), new IOException("full"));
        // when
        run(looks);
        // then
        assertThat(problems).containsExactly("full");
        assertThat(tries).hasValue(2);
    }

    @Test
    void itLooksAtOnceAndTimeDoesNotFall() throws InterruptedException {
        // given
        List<Duration> times = Collections.synchronizedList(new ArrayList<>());
        // when
        try (var looks = new RepeatedLook(
                "looks",
                OFTEN,
                since -> {
                    times.add(since);
                    if (times.size() == 5) {
                        enough.countDown();
                    }
                },
                () -> {},
                this::tell)) {
            looks.start();
            waitUntilEnough();
        }
        // then
        assertThat(times).hasSizeGreaterThanOrEqualTo(5).isSorted();
        assertThat(times.getFirst()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void theEndDoesNotWaitForTheNextLookAndRunsWhatIsLeftToDo() throws InterruptedException {
        // given
        CountDownLatch atEnd = new CountDownLatch(1);
        var looks = new RepeatedLook("looks", NEVER, _ -> enough.countDown(), atEnd::countDown, this::tell);
        looks.start();
        waitUntilEnough();
        // when
        looks.close();
        // then
        assertThat(atEnd.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void whatFailsAtTheEndIsTold() throws InterruptedException {
        // given
        CountDownLatch told = new CountDownLatch(1);
        var looks = new RepeatedLook(
                "looks",
                NEVER,
                _ -> {},
                () -> {
                    throw new IllegalStateException("cannot be restored");
                },
                problem -> {
                    tell(problem);
                    told.countDown();
                });
        looks.start();
        // when
        looks.close();
        // then
        assertThat(told.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(problems).containsExactly("cannot be restored");
    }

    @Test
    void aLookThatIsInterruptedIsTheLast() throws InterruptedException {
        // given
        CountDownLatch atEnd = new CountDownLatch(1);
        AtomicInteger number = new AtomicInteger();
        var looks = new RepeatedLook(
                "looks",
                OFTEN,
                _ -> {
                    number.incrementAndGet();
                    throw new InterruptedException();
                },
                atEnd::countDown,
                this::tell);
        // when
        looks.start();
        // then
        assertThat(atEnd.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(number).hasValue(1);
        assertThat(problems).isEmpty();
    }

    @Test
    void beforeTheStartAndAfterTheEndItDoesNotLook() {
        // given
        var looks = new RepeatedLook("looks", NEVER, _ -> {}, () -> {}, this::tell);
        boolean before = looks.isLooking();
        looks.start();
        // when
        looks.close();
        // then
        assertThat(before).isFalse();
        assertThat(looks.isLooking()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"brr-guard", "brr-blackbox"})
    void itsThreadIsADaemonOfTheGivenName(String name) throws InterruptedException {
        // given
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        // when
        try (var looks = new RepeatedLook(
                name,
                NEVER,
                _ -> {
                    threads.add(Thread.currentThread());
                    enough.countDown();
                },
                () -> {},
                this::tell)) {
            looks.start();
            waitUntilEnough();
        }
        // then
        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.getName()).isEqualTo(name);
            assertThat(thread.isDaemon()).isTrue();
        });
    }

    @Test
    void itStartsOnce() {
        // given
        try (var looks = new RepeatedLook("looks", NEVER, _ -> {}, () -> {}, this::tell)) {
            looks.start();
            // when
            // then
            assertThatThrownBy(looks::start).isInstanceOf(IllegalThreadStateException.class);
        }
    }
}

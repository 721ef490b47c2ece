package dev.brr.jemalloc.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks again and again on a daemon thread of its own, whatever becomes of a single look.
 *
 * <p>What watches memory has to outlive the moments in which there is none: nothing that a look throws ends the thread, an
 * {@link OutOfMemoryError} no more than an exception. A problem is told once, for as long as each look ends with the same
 * one.
 */
public final class RepeatedLook implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(2);

    private final Duration interval;
    private final Look look;
    private final Runnable atEnd;
    private final Consumer<Throwable> problems;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private String told = "";

    /** Is what is done at each look. */
    @FunctionalInterface
    public interface Look {
        /**
         * Looks once.
         *
         * @param since how long ago the first look began; never falls
         */
        void look(Duration since) throws Exception;
    }

    /**
     * Makes what looks as soon as it is told to {@link #start}.
     *
     * @param thread its name
     * @param interval between the end of a look and the next one
     * @param atEnd is run by the same thread after the last look
     * @param problems is told of each problem that the look before did not end with
     */
    public RepeatedLook(String thread, Duration interval, Look look, Runnable atEnd, Consumer<Throwable> problems) {
        this.interval = interval;
        this.look = look;
        this.atEnd = atEnd;
        this.problems = problems;
        this.thread = Thread.ofPlatform().daemon().name(thread).unstarted(this::run);
    }

    /** Looks for the first time, and again until it is closed. */
    public void start() {
        thread.start();
    }

    /** Whether it still looks: its thread lives. */
    public boolean isLooking() {
        return thread.isAlive();
    }

    /** Ends the looking, and waits for a look that is under way, two seconds at the most. */
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long begun = System.nanoTime();
        try {
            do {
                lookAt(Duration.ofNanos(System.nanoTime() - begun));
            } while (!ended.await(interval.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atEnd();
        }
    }

    private void lookAt(Duration since) throws InterruptedException {
        try {
            look.look(since);
            told = "";
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable problem) {
            tell(problem);
        }
    }

    private void atEnd() {
        try {
            atEnd.run();
        } catch (RuntimeException problem) {
            tell(problem);
        }
    }

    private void tell(Throwable problem) {
        try {
            String now = problem.toString();
            if (!now.equals(told)) {
                problems.accept(problem);
                told = now;
            }
        } catch (RuntimeException | OutOfMemoryError _) {
            // What cannot be told now is told after the next look that ends so: telling takes memory too.
        }
    }
}

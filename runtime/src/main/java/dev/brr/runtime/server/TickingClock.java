package dev.brr.runtime.server;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that somebody moves on: to read it costs nothing. */
final class TickingClock {
    private volatile long nanos = System.nanoTime();
    private final AtomicLong numbers = new AtomicLong();

    /** Gives the time of the last tick, in nanoseconds like {@link System#nanoTime}. */
    long nanos() {
        return nanos;
    }

    /** Moves on to the time that it is. */
    long tick() {
        nanos = System.nanoTime();
        return nanos;
    }

    /** Numbers what asks, in its order: much can happen between two ticks. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }
}

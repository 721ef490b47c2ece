package dev.brr.runtime.server;

/** A clock that somebody moves on: to read it costs nothing. */
final class TickingClock {
    private volatile long nanos = System.nanoTime();

    /** Gives the time of the last tick, in nanoseconds like {@link System#nanoTime}. */
    long nanos() {
        return nanos;
    }

    /** Moves on to the time that it is. */
    long tick() {
        nanos = System.nanoTime();
        return nanos;
    }
}

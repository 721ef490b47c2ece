package dev.brr.runtime.config;

import java.time.Duration;

/**
 * How the service ends.
 *
 * @param delay how long it goes on to take requests, not ready any more, before it stops to listen
 * @param drainTimeout how long requests in flight may take to end then
 */
public record ShutdownSettings(Duration delay, Duration drainTimeout) {
    /** No delay, twenty seconds for the requests in flight. */
    public static final ShutdownSettings DEFAULTS = new ShutdownSettings(Duration.ZERO, Duration.ofSeconds(20));

    /** The same with another delay. */
    public ShutdownSettings withDelay(Duration time) {
        return new ShutdownSettings(time, drainTimeout);
    }

    /** The same with another time for requests in flight. */
    public ShutdownSettings withDrainTimeout(Duration time) {
        return new ShutdownSettings(delay, time);
    }
}

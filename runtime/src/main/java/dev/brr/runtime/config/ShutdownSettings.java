package dev.brr.runtime.config;

import java.time.Duration;

/**
 * How the service ends.
 *
 * @param drainTimeout how long requests in flight may take to end when the service stops
 */
public record ShutdownSettings(Duration drainTimeout) {
    /** Twenty seconds for the requests in flight. */
    public static final ShutdownSettings DEFAULTS = new ShutdownSettings(Duration.ofSeconds(20));

    /** The same with another time for requests in flight. */
    public ShutdownSettings withDrainTimeout(Duration time) {
        return new ShutdownSettings(time);
    }
}

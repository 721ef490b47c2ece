package dev.brr.runtime.config;

import java.time.Duration;

/**
 * How much the service takes.
 *
 * @param maxBodyBytes the largest request body that is taken
 * @param maxHeaderBytes the most bytes of headers in a request
 * @param maxHeaders the most headers in a request
 * @param requestTimeout how long a handler may work on a request; zero for no limit
 * @param maxEventStreams the most streams of server-sent events that are open at a time
 */
public record LimitSettings(
        long maxBodyBytes, int maxHeaderBytes, int maxHeaders, Duration requestTimeout, int maxEventStreams) {
    /** Bodies up to 16 MiB, 200 headers in 32 KiB, a minute for a handler, 500 streams. */
    public static final LimitSettings DEFAULTS =
            new LimitSettings(16L * 1024 * 1024, 32 * 1024, 200, Duration.ofSeconds(60), 500);

    /** The same with another limit of request bodies. */
    public LimitSettings withMaxBodyBytes(long bytes) {
        return new LimitSettings(bytes, maxHeaderBytes, maxHeaders, requestTimeout, maxEventStreams);
    }

    /** The same with other limits of headers. */
    public LimitSettings withMaxHeaders(int bytes, int number) {
        return new LimitSettings(maxBodyBytes, bytes, number, requestTimeout, maxEventStreams);
    }

    /** The same with another time for a handler; zero for no limit. */
    public LimitSettings withRequestTimeout(Duration time) {
        return new LimitSettings(maxBodyBytes, maxHeaderBytes, maxHeaders, time, maxEventStreams);
    }

    /** The same with another number of event streams. */
    public LimitSettings withMaxEventStreams(int number) {
        return new LimitSettings(maxBodyBytes, maxHeaderBytes, maxHeaders, requestTimeout, number);
    }
}

package dev.brr.runtime.config;

import java.time.Duration;

/**
 * What a connection may do, and for how long.
 *
 * @param max the most connections that are open at a time on one port; further ones take the place of idle ones
 * @param idleTimeout how long a connection may wait between requests
 * @param headerTimeout how long a request line and its headers may take to come
 * @param minBytesPerSecond the rate below which the sender of a body is cut off
 * @param sendTimeout how long a client may leave what it is sent unread
 */
public record ConnectionSettings(
        int max, Duration idleTimeout, Duration headerTimeout, int minBytesPerSecond, Duration sendTimeout) {
    private static final long BYTES_EACH = 96 << 10;
    private static final long BYTES_EACH_BY_TLS = 3 * BYTES_EACH;
    private static final int FEWEST = 128;
    private static final int MOST = 20_000;

    /** As many connections as the heap is good for, a minute between requests, ten seconds for the headers, 240 bytes a second. */
    public static final ConnectionSettings DEFAULTS = new ConnectionSettings(
            maxFor(Runtime.getRuntime().maxMemory(), false),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            240,
            Duration.ofSeconds(30));

    /**
     * How many connections a heap is good for: one for each 96 KiB, from 128 to 20,000. One that was opened and never used
     * takes some 30 KiB, and one by TLS, with the buffers of its engine, just under 100: a third as many. So all of them
     * leave two thirds of the heap to others; a heap that is full of them dies.
     *
     * @param heapBytes the most that the heap may have
     * @param tls whether the port speaks TLS
     */
    public static int maxFor(long heapBytes, boolean tls) {
        return (int) Math.clamp(heapBytes / (tls ? BYTES_EACH_BY_TLS : BYTES_EACH), FEWEST, MOST);
    }

    /** The same with another number of connections. */
    public ConnectionSettings withMax(int number) {
        return new ConnectionSettings(number, idleTimeout, headerTimeout, minBytesPerSecond, sendTimeout);
    }

    /** The same with another time between requests. */
    public ConnectionSettings withIdleTimeout(Duration time) {
        return new ConnectionSettings(max, time, headerTimeout, minBytesPerSecond, sendTimeout);
    }

    /** The same with another time for the headers. */
    public ConnectionSettings withHeaderTimeout(Duration time) {
        return new ConnectionSettings(max, idleTimeout, time, minBytesPerSecond, sendTimeout);
    }

    /** The same with another rate for bodies; 0 for any. */
    public ConnectionSettings withMinBytesPerSecond(int bytes) {
        return new ConnectionSettings(max, idleTimeout, headerTimeout, bytes, sendTimeout);
    }

    /** The same with another time for a client to read. */
    public ConnectionSettings withSendTimeout(Duration time) {
        return new ConnectionSettings(max, idleTimeout, headerTimeout, minBytesPerSecond, time);
    }
}

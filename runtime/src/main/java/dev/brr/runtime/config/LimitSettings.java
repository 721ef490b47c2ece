package dev.brr.runtime.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much the service takes.
 *
 * @param maxBodyBytes the largest request body that is taken
 * @param maxHeaderBytes the most bytes of headers in a request
 * @param maxHeaders the most headers in a request
 * @param requestTimeout how long a handler may work on a request; zero for no limit
 * @param maxEventStreams the most streams of server-sent events that are open at a time
 * @param temporaryFolder where files and binary bodies go that are too large for the heap
 * @param maxTemporaryBytes the most bytes that those of all requests have together
 */
public record LimitSettings(
        long maxBodyBytes,
        int maxHeaderBytes,
        int maxHeaders,
        Duration requestTimeout,
        int maxEventStreams,
        Path temporaryFolder,
        long maxTemporaryBytes) {
    /** Bodies up to 16 MiB, 200 headers in 32 KiB, a minute for a handler, 500 streams, a GiB of temporary files. */
    public static final LimitSettings DEFAULTS = new LimitSettings(
            16L * 1024 * 1024,
            32 * 1024,
            200,
            Duration.ofSeconds(60),
            500,
            Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
            1L << 30);

    /** The same with another limit of request bodies. */
    public LimitSettings withMaxBodyBytes(long bytes) {
        return new LimitSettings(
                bytes, maxHeaderBytes, maxHeaders, requestTimeout, maxEventStreams, temporaryFolder, maxTemporaryBytes);
    }

    /** The same with other limits of headers. */
    public LimitSettings withMaxHeaders(int bytes, int number) {
        return new LimitSettings(
                maxBodyBytes, bytes, number, requestTimeout, maxEventStreams, temporaryFolder, maxTemporaryBytes);
    }

    /** The same with another time for a handler; zero for no limit. */
    public LimitSettings withRequestTimeout(Duration time) {
        return new LimitSettings(
                maxBodyBytes, maxHeaderBytes, maxHeaders, time, maxEventStreams, temporaryFolder, maxTemporaryBytes);
    }

    /** The same with another number of event streams. */
    public LimitSettings withMaxEventStreams(int number) {
        return new LimitSettings(
                maxBodyBytes, maxHeaderBytes, maxHeaders, requestTimeout, number, temporaryFolder, maxTemporaryBytes);
    }

    /** The same with another place and another bound for what is too large for the heap. */
    public LimitSettings withTemporaryFiles(Path folder, long bytes) {
        return new LimitSettings(
                maxBodyBytes, maxHeaderBytes, maxHeaders, requestTimeout, maxEventStreams, folder, bytes);
    }
}

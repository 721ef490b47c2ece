package dev.brr.runtime.config;

import java.util.Optional;

/**
 * What the service tells of its requests.
 *
 * @param accessLog whether each request is logged, as a line of JSON on standard output
 * @param accessLogQueue how many lines may wait to be written; further ones are dropped and counted
 * @param memoryByOperation whether the bytes that operations allocate are counted
 * @param tracing where spans go, if anywhere
 */
public record ObservabilitySettings(
        boolean accessLog, int accessLogQueue, boolean memoryByOperation, Optional<TracingSettings> tracing) {
    /** No access log and no spans, but memory by operation. */
    public static final ObservabilitySettings DEFAULTS = new ObservabilitySettings(false, 8192, true, Optional.empty());

    /** The same with or without an access log. */
    public ObservabilitySettings withAccessLog(boolean on) {
        return new ObservabilitySettings(on, accessLogQueue, memoryByOperation, tracing);
    }

    /** The same with spans for a collector. */
    public ObservabilitySettings withTracing(TracingSettings settings) {
        return new ObservabilitySettings(accessLog, accessLogQueue, memoryByOperation, Optional.of(settings));
    }
}

package dev.brr.runtime.config;

/**
 * What the service tells of its requests.
 *
 * @param accessLog whether each request is logged, as a line of JSON on standard output
 * @param accessLogQueue how many lines may wait to be written; further ones are dropped and counted
 */
public record ObservabilitySettings(boolean accessLog, int accessLogQueue) {
    /** No access log. */
    public static final ObservabilitySettings DEFAULTS = new ObservabilitySettings(false, 8192);

    /** The same with or without an access log. */
    public ObservabilitySettings withAccessLog(boolean on) {
        return new ObservabilitySettings(on, accessLogQueue);
    }
}

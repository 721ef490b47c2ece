package dev.brr.operator.dashboard;

/**
 * Gives a query a value while what it looks at has never happened.
 *
 * <p>A counter with labels has no series before its first event, and an empty panel says as much as a broken one. The
 * plain {@code or vector(0)} is wrong twice: it stands beside real series, and it claims zero for a service that is
 * not even scraped. What is here yields to any real series, and is as absent as the service.
 */
final class Fallback {

    /** Exists for each pod that is scraped, whether or not it has jemalloc. */
    private static final String SCRAPED = "jemalloc_loaded{SERVICE}";

    private Fallback() {}

    /** Adds one series of zero, under a label that says there is nothing, where the expression has no series. */
    static String zero(String expression, String label, String value) {
        return zero(expression, SCRAPED, label, value);
    }

    /** Does the same for bytes, so that nothing else is on the panel. */
    static String zeroBytes(String expression, String label, String value) {
        return zero(expression, "process_memory_rss_bytes{SERVICE}", label, value);
    }

    private static String zero(String expression, String exists, String label, String value) {
        return "%s or on () label_replace(0 * sum(%s), \"%s\", \"%s\", \"\", \"\")"
                .formatted(expression, exists, label, value);
    }

    /** Adds a zero for each pod that the expression, which has the label {@code pod} alone, has no series of. */
    static String zeroByPod(String expression) {
        return "%s or on (pod) 0 * sum by (pod) (%s)".formatted(expression, SCRAPED);
    }

    /** Adds "not a number", which Grafana leaves blank, where a quotient has no divisor. */
    static String blank(String expression) {
        return "%s or on () NaN * sum(%s)".formatted(expression, SCRAPED);
    }
}

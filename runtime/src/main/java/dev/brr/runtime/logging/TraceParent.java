package dev.brr.runtime.logging;

import java.util.List;
import java.util.Optional;

/**
 * The trace that a request belongs to, by its {@code traceparent} header (W3C Trace Context, level 1, section 3.2).
 *
 * @param text the header as it came, fit to be sent on
 * @param traceId 32 hexadecimal digits
 * @param sampled whether the caller records the trace
 */
public record TraceParent(String text, String traceId, boolean sampled) {
    private static final int LENGTH = 55;
    private static final int TRACE = 3;
    private static final int PARENT = 36;
    private static final int FLAGS = 53;

    /** The span of the caller, 16 hexadecimal digits. */
    public String spanId() {
        return text.substring(PARENT, FLAGS - 1);
    }

    /** Reads the header; nothing when there is none, several, or one that is not well formed. */
    public static Optional<TraceParent> of(List<String> values) {
        return values.size() == 1 ? parse(values.getFirst()) : Optional.empty();
    }

    private static Optional<TraceParent> parse(String value) {
        boolean dashes = value.length() >= LENGTH
                && value.charAt(2) == '-'
                && value.charAt(PARENT - 1) == '-'
                && value.charAt(FLAGS - 1) == '-';
        if (!dashes
                || !isHex(value, 0, 2)
                || !isHex(value, TRACE, PARENT - 1)
                || !isHex(value, PARENT, FLAGS - 1)
                || !isHex(value, FLAGS, LENGTH)
                || isZero(value, TRACE, PARENT - 1)
                || isZero(value, PARENT, FLAGS - 1)
                || !isLengthOfVersion(value)) {
            return Optional.empty();
        }
        boolean sampled = (Character.digit(value.charAt(LENGTH - 1), 16) & 1) == 1;
        return Optional.of(new TraceParent(value.substring(0, LENGTH), value.substring(TRACE, PARENT - 1), sampled));
    }

    /** Version 00 ends here; a later one may go on behind a dash; ff is none. */
    private static boolean isLengthOfVersion(String value) {
        if (value.startsWith("ff")) {
            return false;
        }
        return value.length() == LENGTH || (!value.startsWith("00") && value.charAt(LENGTH) == '-');
    }

    private static boolean isHex(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (value.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}

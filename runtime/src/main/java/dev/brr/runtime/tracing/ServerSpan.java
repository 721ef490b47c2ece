package dev.brr.runtime.tracing;

import dev.brr.runtime.logging.TraceParent;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A request that is being answered.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param parentId those of the caller's span; empty where the trace begins here
 * @param sampled whether it is told of: as the caller decides, and always where there is none
 * @param beganAt nanoseconds since 1970
 */
public record ServerSpan(String traceId, String spanId, String parentId, boolean sampled, long beganAt) {
    private static final HexFormat HEX = HexFormat.of();

    /** Begins a span of the trace that a request belongs to, or of a new one. */
    public static ServerSpan begin(Optional<TraceParent> caller) {
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        String spanId = HEX.toHexDigits(random());
        return caller.map(parent -> new ServerSpan(parent.traceId(), spanId, parent.spanId(), parent.sampled(), now))
                .orElseGet(() ->
                        new ServerSpan(HEX.toHexDigits(random()) + HEX.toHexDigits(random()), spanId, "", true, now));
    }

    /** Identifiers of zeros are none. */
    private static long random() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    /** The {@code traceparent} header for what is called on behalf of this request. */
    public String traceParent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}

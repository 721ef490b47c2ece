package dev.brr.runtime.tracing;

import dev.brr.runtime.logging.TraceParent;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A request that is being answered.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param parentId those of the caller's span; empty where the trace begins here
 * @param sampled whether it is told of
 * @param beganAt nanoseconds since 1970
 * @param traceState the caller's {@code tracestate} (W3C Trace Context, section 3.3); empty where the trace begins here
 */
public record ServerSpan(
        String traceId, String spanId, String parentId, boolean sampled, long beganAt, String traceState) {
    private static final HexFormat HEX = HexFormat.of();

    /** A span of a trace without a state. */
    public ServerSpan(String traceId, String spanId, String parentId, boolean sampled, long beganAt) {
        this(traceId, spanId, parentId, sampled, beganAt, "");
    }

    /** Begins a span of the trace that a request belongs to, or of a new one, which is told of. */
    public static ServerSpan begin(Optional<TraceParent> caller) {
        return begin(caller, List.of(), Sampler.ALL);
    }

    /**
     * Begins a span of the trace that a request belongs to, or of a new one.
     *
     * @param traceStates the values of the request's {@code tracestate}, which counts with a {@code traceparent} only
     */
    public static ServerSpan begin(Optional<TraceParent> caller, List<String> traceStates, Sampler sampler) {
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        String spanId = HEX.toHexDigits(random());
        if (caller.isPresent()) {
            TraceParent parent = caller.get();
            boolean sampled = sampler.samples(caller, parent.traceId());
            return new ServerSpan(
                    parent.traceId(), spanId, parent.spanId(), sampled, now, String.join(",", traceStates));
        }
        String traceId = HEX.toHexDigits(random()) + HEX.toHexDigits(random());
        return new ServerSpan(traceId, spanId, "", sampler.samples(caller, traceId), now, "");
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

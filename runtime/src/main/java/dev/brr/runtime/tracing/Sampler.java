package dev.brr.runtime.tracing;

import dev.brr.runtime.logging.TraceParent;
import java.util.Optional;

/**
 * Decides which traces a collector is told of.
 *
 * @param ratio how many of all traces, from 0 for none to 1 for all, by the trace's own number, as every service of one
 *     ratio decides
 * @param callerDecides whether that holds for traces that begin here only, and others are the caller's to decide
 */
public record Sampler(double ratio, boolean callerDecides) {
    /** Everything, unless the caller says otherwise. */
    public static final Sampler ALL = new Sampler(1, true);

    private static final int LOW = 16;

    /** One for so many of a hundred traces that begin here. */
    public static Sampler ofPercent(int percent) {
        return new Sampler(percent / 100.0, true);
    }

    /** @param traceId 32 hexadecimal digits */
    boolean samples(Optional<TraceParent> caller, String traceId) {
        if (callerDecides && caller.isPresent()) {
            return caller.get().sampled();
        }
        long low = Long.parseUnsignedLong(traceId, LOW, 2 * LOW, 16) & Long.MAX_VALUE;
        return ratio >= 1 || low < (long) (ratio * 0x1p63);
    }
}

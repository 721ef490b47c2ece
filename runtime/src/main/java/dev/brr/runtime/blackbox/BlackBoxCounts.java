package dev.brr.runtime.blackbox;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a black box does. Safe for use by many threads. */
public final class BlackBoxCounts {
    private final Map<KeptReason, AtomicLong> kept = new ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong lastMillis = new AtomicLong();
    private final AtomicInteger former = new AtomicInteger();

    void kept(KeptReason reason, Instant when) {
        kept.computeIfAbsent(reason, _ -> new AtomicLong()).incrementAndGet();
        lastMillis.accumulateAndGet(when.toEpochMilli(), Math::max);
    }

    void failed() {
        failures.incrementAndGet();
    }

    /** Notes what a former run kept. */
    void found(Evidence evidence) {
        former.incrementAndGet();
        lastMillis.accumulateAndGet(EvidenceRing.taken(evidence).toEpochMilli(), Math::max);
    }

    /** How often this run kept evidence for a reason. */
    public long kept(KeptReason reason) {
        AtomicLong count = kept.get(reason);
        return count == null ? 0 : count.get();
    }

    /** How often it could not. */
    public long failures() {
        return failures.get();
    }

    /** How many pieces of former runs were there when this one began. */
    public int former() {
        return former.get();
    }

    /** When evidence was kept last, by this run or a former one, in seconds since 1970; 0 if never. */
    public double lastKeptSeconds() {
        return lastMillis.get() / 1e3;
    }
}

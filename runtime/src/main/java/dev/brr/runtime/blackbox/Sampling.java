package dev.brr.runtime.blackbox;

import dev.brr.jemalloc.profile.HeapProfiler;
import dev.brr.runtime.blackbox.SamplingDemand.Party;

/** Switches the sampling of a process for all who may want it. Safe for use by many threads. */
public final class Sampling {
    private SamplingDemand demand = SamplingDemand.NONE;

    /** Samples from now on, if nobody wanted it before; says who does now. */
    public SamplingDemand start(HeapProfiler profiler, Party party) {
        return change(profiler, party, true);
    }

    /** Ends it, if nobody else wants it; says who still does. */
    public SamplingDemand stop(HeapProfiler profiler, Party party) {
        return change(profiler, party, false);
    }

    /** Says who wants it. */
    public synchronized SamplingDemand demand(HeapProfiler profiler) {
        return demand.observed(profiler.isActive());
    }

    /** Says who wanted it when anybody changed it last. */
    synchronized SamplingDemand lastDemand() {
        return demand;
    }

    private synchronized SamplingDemand change(HeapProfiler profiler, Party party, boolean wants) {
        SamplingDemand after = demand.observed(profiler.isActive()).with(party, wants);
        if (after.isAny()) {
            profiler.start();
        } else {
            profiler.stop();
        }
        demand = after;
        return after;
    }
}

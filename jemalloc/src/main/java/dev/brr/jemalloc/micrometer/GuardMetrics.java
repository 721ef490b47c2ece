package dev.brr.jemalloc.micrometer;

import dev.brr.jemalloc.guard.MemoryGuard;
import dev.brr.jemalloc.guard.PurgeReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes what a {@link MemoryGuard} does: in Prometheus {@code jemalloc_guard_active}, and where there is one
 * {@code _pressure}, {@code _purges_total}, {@code _reclaimed_bytes_total}, {@code _purge_seconds_total} and
 * {@code _dirty_decay_seconds}.
 */
public final class GuardMetrics implements MeterBinder {

    private static final String SECONDS = "seconds";
    private static final double MILLIS = 1000;

    private final MemoryGuard.Started started;

    /** Publishes the outcome of a start. */
    public GuardMetrics(MemoryGuard.Started started) {
        this.started = started;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("jemalloc.guard.active", () -> active(started))
                .description("1 while a guard gives unused pages back near the memory limit, 0 if there is none")
                .register(registry);
        if (started instanceof MemoryGuard.Started.Guarding(MemoryGuard guard)) {
            bind(registry, guard);
        }
    }

    private static int active(MemoryGuard.Started started) {
        return started instanceof MemoryGuard.Started.Guarding(MemoryGuard guard) && guard.isLooking() ? 1 : 0;
    }

    private static void bind(MeterRegistry registry, MemoryGuard guard) {
        Gauge.builder("jemalloc.guard.pressure", guard, it -> it.pressure().ordinal())
                .description("0 calm, 1 near the memory limit, 2 for so long that decay times are shortened")
                .register(registry);
        Gauge.builder("jemalloc.guard.dirty.decay", guard, it -> it.dirtyDecayMillis() / MILLIS)
                .baseUnit(SECONDS)
                .description("How long a dirty page stays unused before it is given back")
                .register(registry);
        for (PurgeReason reason : PurgeReason.values()) {
            FunctionCounter.builder("jemalloc.guard.purges", guard, it -> it.purges(reason))
                    .tag("reason", reason.tag())
                    .description("Times that the guard gave all unused pages back")
                    .register(registry);
        }
        FunctionCounter.builder("jemalloc.guard.reclaimed", guard, MemoryGuard::reclaimedBytes)
                .baseUnit(BaseUnits.BYTES)
                .description("Bytes of unused pages that purges of the guard gave back")
                .register(registry);
        FunctionCounter.builder(
                        "jemalloc.guard.purge", guard, it -> it.purging().toNanos() / 1e9)
                .baseUnit(SECONDS)
                .description("Time that purges of the guard took")
                .register(registry);
    }
}

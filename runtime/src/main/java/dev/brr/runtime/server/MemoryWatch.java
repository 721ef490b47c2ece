package dev.brr.runtime.server;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.guard.MemoryGuard;
import dev.brr.jemalloc.micrometer.GuardMetrics;
import dev.brr.jemalloc.process.LimitedMemory;
import dev.brr.jemalloc.process.ProcessMemory;
import dev.brr.runtime.config.MemorySettings;
import io.micrometer.core.instrument.MeterRegistry;

/** What looks at the memory of the process while it serves. */
final class MemoryWatch implements AutoCloseable {
    private final MemoryGuard.Started guard;

    private MemoryWatch(MemoryGuard.Started guard) {
        this.guard = guard;
    }

    /** Starts what the settings ask for and the process allows. */
    static MemoryWatch start(Jemalloc jemalloc, MemorySettings settings) {
        LimitedMemory memory = LimitedMemory.find(ProcessMemory.ofThisProcess(), settings.limitBytes());
        return new MemoryWatch(
                settings.guardEnabled()
                        ? MemoryGuard.start(jemalloc, memory, settings.guard())
                        : new MemoryGuard.Started.Off("guard.enabled is off"));
    }

    void bindTo(MeterRegistry registry) {
        new GuardMetrics(guard).bindTo(registry);
    }

    @Override
    public void close() {
        if (guard instanceof MemoryGuard.Started.Guarding(MemoryGuard started)) {
            started.close();
        }
    }
}

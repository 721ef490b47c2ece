package dev.brr.runtime.server;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.guard.MemoryGuard;
import dev.brr.jemalloc.micrometer.GuardMetrics;
import dev.brr.jemalloc.process.LimitedMemory;
import dev.brr.jemalloc.process.ProcessMemory;
import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.runtime.blackbox.BlackBox;
import dev.brr.runtime.config.MemorySettings;
import dev.brr.runtime.metrics.BlackBoxMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What looks at the memory of the process while it serves. */
final class MemoryWatch implements AutoCloseable {
    private final MemoryGuard.Started guard;
    private final BlackBox.Started blackBox;
    private final MemorySettings settings;

    private MemoryWatch(MemoryGuard.Started guard, BlackBox.Started blackBox, MemorySettings settings) {
        this.guard = guard;
        this.blackBox = blackBox;
        this.settings = settings;
    }

    /**
     * Starts what the settings ask for and the process allows.
     *
     * @param profiled gets each heap profile that is kept
     * @param nanoTime the clock of the black box
     */
    static MemoryWatch start(
            Jemalloc jemalloc, MemorySettings settings, Consumer<HeapProfile> profiled, LongSupplier nanoTime) {
        LimitedMemory memory = LimitedMemory.find(ProcessMemory.ofThisProcess(), settings.limitBytes());
        return new MemoryWatch(
                settings.guardEnabled()
                        ? MemoryGuard.start(jemalloc, memory, settings.guard())
                        : new MemoryGuard.Started.Off("guard.enabled is off"),
                BlackBox.start(jemalloc, memory, settings.blackBox(), profiled, nanoTime),
                settings);
    }

    void bindTo(MeterRegistry registry) {
        new GuardMetrics(guard).bindTo(registry);
        new BlackBoxMetrics(blackBox, settings.blackBox()).bindTo(registry);
    }

    BlackBox.Started blackBox() {
        return blackBox;
    }

    @Override
    public void close() {
        if (guard instanceof MemoryGuard.Started.Guarding(MemoryGuard started)) {
            started.close();
        }
        if (blackBox instanceof BlackBox.Started.Keeping(BlackBox started)) {
            started.close();
        }
    }
}

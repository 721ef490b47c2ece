package dev.brr.jemalloc.micrometer;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.guard.GuardSettings;
import dev.brr.jemalloc.guard.MemoryGuard;
import dev.brr.jemalloc.process.LimitedMemory;
import dev.brr.jemalloc.process.MemoryReading;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;

/** Prints a scrape of a guard that has nothing to do. */
final class GuardMetricsProgram {

    private GuardMetricsProgram() {}

    public static void main(String[] arguments) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LimitedMemory.Limited calm = () -> Optional.of(new MemoryReading(100, 1));
        MemoryGuard.Started started = MemoryGuard.start(Jemalloc.probe(), calm, GuardSettings.DEFAULTS);
        new GuardMetrics(started).bindTo(registry);
        System.out.print(registry.scrape());
    }
}

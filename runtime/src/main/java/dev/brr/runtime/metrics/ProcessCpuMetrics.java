package dev.brr.runtime.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;

/**
 * Publishes the CPU time of the process under the name that Prometheus client libraries agree on, what share of its CPUs
 * that is, and how many there are. The JVM's own figure of the share reads a dozen files of the container each time.
 */
final class ProcessCpuMetrics implements MeterBinder {
    private static final double NANOS = 1e9;
    /** Over less than this, ticks of the clock would be all there is to see. */
    private static final long SHORTEST_NANOS = 100_000_000;

    private long measuredAt = System.nanoTime();
    private long usedThen;
    private double share;

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("system.cpu.count", Runtime.getRuntime(), Runtime::availableProcessors)
                .description("The number of processors available to the Java virtual machine")
                .register(registry);
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return;
        }
        FunctionCounter.builder("process.cpu.seconds", system, bean -> bean.getProcessCpuTime() / NANOS)
                .description("CPU time that the process has used, in seconds")
                .register(registry);
        usedThen = system.getProcessCpuTime();
        Gauge.builder("process.cpu.usage", () -> share(System.nanoTime(), system.getProcessCpuTime()))
                .description("Share of all CPUs that the process used since the scrape before")
                .register(registry);
        Gauge.builder("system.load.average.1m", system, OperatingSystemMXBean::getSystemLoadAverage)
                .description("The sum of the number of runnable entities queued to available processors and the number"
                        + " of runnable entities running on the available processors averaged over a period of time")
                .register(registry);
    }

    /**
     * Gives the share of all CPUs that was used since it was asked before.
     *
     * @param now any clock's nanoseconds
     * @param used the process' CPU time in nanoseconds
     */
    synchronized double share(long now, long used) {
        if (now - measuredAt >= SHORTEST_NANOS) {
            double busy = (double) (used - usedThen) / (now - measuredAt);
            share = Math.clamp(busy / Runtime.getRuntime().availableProcessors(), 0, 1);
            measuredAt = now;
            usedThen = used;
        }
        return share;
    }
}

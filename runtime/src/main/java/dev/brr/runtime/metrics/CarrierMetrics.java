package dev.brr.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.util.function.ToDoubleFunction;
import jdk.management.VirtualThreadSchedulerMXBean;

/** Publishes how many carriers virtual threads have, and how many of those threads wait for one. */
final class CarrierMetrics implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        gauge("jvm.threads.virtual.parallelism", VirtualThreadSchedulerMXBean::getParallelism)
                .description("Platform threads that may carry virtual threads at once")
                .register(registry);
        gauge("jvm.threads.virtual.queued", VirtualThreadSchedulerMXBean::getQueuedVirtualThreadCount)
                .description("Virtual threads that could run and wait for a carrier")
                .register(registry);
    }

    /** The bean is looked up by the scrape: finding it takes classes that a start has no need of. */
    private static Gauge.Builder<?> gauge(String name, ToDoubleFunction<VirtualThreadSchedulerMXBean> figure) {
        return Gauge.builder(
                        name,
                        () -> figure.applyAsDouble(
                                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class)))
                .baseUnit(BaseUnits.THREADS);
    }
}

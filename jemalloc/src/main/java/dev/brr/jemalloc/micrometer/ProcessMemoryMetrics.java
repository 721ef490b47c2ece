package dev.brr.jemalloc.micrometer;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.Recent;
import dev.brr.jemalloc.process.CgroupLimits;
import dev.brr.jemalloc.process.ProcessMemory;
import dev.brr.jemalloc.process.ProcessStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the memory of the process under names that need no knowledge of the allocator.
 *
 * <p>In Prometheus they are {@code process_memory_rss_bytes}, {@code _vss_bytes}, {@code _peak_rss_bytes},
 * {@code _baseline_rss_bytes}, {@code _growth_bytes}, and {@code _limit_bytes} where a control group sets a limit; with
 * jemalloc {@code _heap_bytes}, {@code _peak_heap_bytes} and {@code _allocations} too. Without {@code /proc}, and so
 * off Linux, there are none.
 *
 * <p>{@code process_memory_allocations} only ever grows, but is a gauge by type: of a counter, a Prometheus registry
 * makes {@code process_memory_allocations_total}, and the name without a suffix is the promised one.
 * {@code rate(process_memory_allocations[5m])} is as good as with a counter.
 */
public final class ProcessMemoryMetrics implements MeterBinder {

    private static final Duration LIMIT_SHARED_FOR = Duration.ofSeconds(10);

    private final Jemalloc jemalloc;
    private final ProcessMemory memory;
    private final Recent<Optional<ProcessStatus>> status;
    private final Recent<CgroupLimits> limits;
    private final @Nullable ProcessStatus baseline;
    private final AtomicLong peakHeap = new AtomicLong();

    /**
     * Takes the first sample, against which growth is measured: construct it when the service starts.
     *
     * @param jemalloc what {@link Jemalloc#probe()} found
     */
    public ProcessMemoryMetrics(Jemalloc jemalloc) {
        this(jemalloc, ProcessMemory.ofThisProcess());
    }

    ProcessMemoryMetrics(Jemalloc jemalloc, ProcessMemory memory) {
        this.jemalloc = jemalloc;
        this.memory = memory;
        this.status = new Recent<>(memory::status);
        this.limits = new Recent<>(memory::limits);
        this.baseline = memory.status().orElse(null);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (baseline != null) {
            bindStatus(registry, baseline.rss());
        }
        if (memory.limits().memoryBytes().isPresent()) {
            gauge(
                    registry,
                    "process.memory.limit",
                    "Bytes beyond which the kernel kills the process: the least limit of its control groups",
                    () -> limits.notOlderThan(LIMIT_SHARED_FOR).memoryBytes().orElse(0));
        }
        if (jemalloc instanceof Jemalloc.Loaded loaded) {
            bindHeap(registry, loaded);
        }
    }

    private void bindStatus(MeterRegistry registry, long baselineRss) {
        gauge(registry, "process.memory.rss", "Bytes in physical memory", () -> now(ProcessStatus::rss));
        gauge(registry, "process.memory.vss", "Bytes of address space", () -> now(ProcessStatus::vss));
        gauge(
                registry,
                "process.memory.peak.rss",
                "Most bytes that ever were in physical memory, as the kernel keeps it",
                () -> now(ProcessStatus::peakRss));
        gauge(
                registry,
                "process.memory.baseline.rss",
                "Bytes in physical memory when the metrics were set up",
                () -> baselineRss);
        gauge(
                registry,
                "process.memory.growth",
                "Bytes in physical memory above the baseline; negative below it",
                () -> now(ProcessStatus::rss) - baselineRss);
    }

    private void bindHeap(MeterRegistry registry, Jemalloc.Loaded loaded) {
        gauge(
                registry,
                "process.memory.heap",
                "Bytes allocated from jemalloc: all native memory that went through malloc",
                () -> heap(loaded));
        gauge(
                registry,
                "process.memory.peak.heap",
                "Most bytes allocated from jemalloc at any scrape",
                () -> Math.max(peakHeap.get(), heap(loaded)));
        Gauge.builder(
                        "process.memory.allocations",
                        () -> loaded.statsNotOlderThan(JemallocMetrics.SHARED_FOR)
                                .requests())
                .description("Allocations since the start; only ever grows")
                .register(registry);
    }

    private long heap(Jemalloc.Loaded loaded) {
        long allocated = loaded.statsNotOlderThan(JemallocMetrics.SHARED_FOR).allocated();
        peakHeap.accumulateAndGet(allocated, Math::max);
        return allocated;
    }

    private double now(ToLongFunction<ProcessStatus> field) {
        return status.notOlderThan(JemallocMetrics.SHARED_FOR)
                .map(known -> (double) field.applyAsLong(known))
                .orElse(Double.NaN);
    }

    /** The lambda captures this binder and the registry holds the lambda, so that nobody else has to keep the binder. */
    private static void gauge(MeterRegistry registry, String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble)
                .baseUnit(BaseUnits.BYTES)
                .description(description)
                .register(registry);
    }
}

package dev.brr.runtime.metrics;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Publishes garbage collections under the names of Micrometer's {@code JvmGcMetrics}, read when somebody scrapes. That one
 * is told of each collection by a notification, which costs more than the collection of a small heap does
 * (docs/adr/0027-garbage-collections-read-at-a-scrape.md).
 */
final class GarbageCollectionMetrics implements MeterBinder {
    /** How long ago a pause may have ended to be a recent one, in milliseconds: a minute, more than between two scrapes. */
    static final long RECENT_MILLIS = 60_000;

    private static final double MILLIS = 1e3;

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var collector : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
            bind(registry, collector);
        }
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
            FunctionCounter.builder("jvm.gc.memory.allocated", threads, ThreadMXBean::getTotalThreadAllocatedBytes)
                    .baseUnit("bytes")
                    .description("Java objects that all threads have allocated since the JVM started")
                    .register(registry);
        }
        longLived(ManagementFactory.getMemoryPoolMXBeans()).ifPresent(pool -> bind(registry, pool));
    }

    private static void bind(MeterRegistry registry, GarbageCollectorMXBean collector) {
        var name = collector.getName();
        if (isConcurrent(name)) {
            FunctionTimer.builder(
                            "jvm.gc.concurrent.phase.time",
                            collector,
                            GarbageCollectorMXBean::getCollectionCount,
                            GarbageCollectorMXBean::getCollectionTime,
                            TimeUnit.MILLISECONDS)
                    .tags("gc", name)
                    .description("Time spent collecting beside the program")
                    .register(registry);
            return;
        }
        var tags = Tags.of("gc", name, "action", action(name));
        FunctionTimer.builder(
                        "jvm.gc.pause",
                        collector,
                        GarbageCollectorMXBean::getCollectionCount,
                        GarbageCollectorMXBean::getCollectionTime,
                        TimeUnit.MILLISECONDS)
                .tags(tags)
                .description("Time spent in GC pause")
                .register(registry);
        // The name of a timer's maximum in Prometheus, seconds included.
        Gauge.builder("jvm.gc.pause.seconds.max", collector, GarbageCollectionMetrics::lastPauseSeconds)
                .tags(tags)
                .description("The last pause, if it ended within a minute")
                .register(registry);
    }

    private static void bind(MeterRegistry registry, MemoryPoolMXBean pool) {
        Gauge.builder("jvm.gc.live.data.size", pool, GarbageCollectionMetrics::leftByCollection)
                .baseUnit("bytes")
                .description("Size of long-lived heap memory pool after reclamation")
                .register(registry);
        Gauge.builder("jvm.gc.max.data.size", pool, old -> old.getUsage().getMax())
                .baseUnit("bytes")
                .description("Max size of long-lived heap memory pool")
                .register(registry);
    }

    private static double leftByCollection(MemoryPoolMXBean pool) {
        var left = pool.getCollectionUsage();
        return left == null ? 0 : left.getUsed();
    }

    private static double lastPauseSeconds(GarbageCollectorMXBean collector) {
        GcInfo last = collector.getLastGcInfo();
        return last == null
                ? 0
                : recentSeconds(
                        last.getEndTime(),
                        last.getDuration(),
                        ManagementFactory.getRuntimeMXBean().getUptime());
    }

    /**
     * Gives the length of a pause in seconds, 0 where it is not a recent one.
     *
     * @param end when it ended, in milliseconds since the JVM started
     * @param duration in milliseconds
     * @param now in milliseconds since the JVM started
     */
    static double recentSeconds(long end, long duration, long now) {
        return now - end <= RECENT_MILLIS ? duration / MILLIS : 0;
    }

    /** Whether a collector, by its name in the JVM, works while the program runs: then its time is no pause. */
    static boolean isConcurrent(String collector) {
        return collector.endsWith(" Cycles") || collector.endsWith(" Concurrent GC");
    }

    /** Gives what the JVM's own notifications call the work of a collector with this name. */
    static String action(String collector) {
        return switch (collector) {
            case "Copy", "PS Scavenge", "G1 Young Generation", "ZGC Minor Pauses" -> "end of minor GC";
            case "MarkSweepCompact", "PS MarkSweep", "G1 Old Generation", "ZGC Major Pauses" -> "end of major GC";
            default -> "end of GC pause";
        };
    }

    /** Gives the pool of objects that live long; of a heap that is one pool, that. */
    private static Optional<MemoryPoolMXBean> longLived(List<MemoryPoolMXBean> pools) {
        var heap =
                pools.stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
        return heap.size() == 1
                ? Optional.of(heap.getFirst())
                : heap.stream().filter(pool -> isLongLived(pool.getName())).findFirst();
    }

    /** Whether a pool of the heap, by its name in the JVM, has objects that live long. */
    static boolean isLongLived(String pool) {
        return pool.endsWith("Tenured Gen") || pool.endsWith("Old Gen") || pool.endsWith("Old Generation");
    }
}

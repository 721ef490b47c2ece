package dev.brr.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the collectors of the JVM that runs the test, whichever they are. */
class GarbageCollectionMetricsTest {
    private static final int OBJECT_BYTES = 1 << 20;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private double pauses() {
        return registry.find("jvm.gc.pause").functionTimers().stream()
                .mapToDouble(timer -> timer.count())
                .sum();
    }

    @Test
    void collectionsAreCountedAsTheJvmCountsThem() {
        // given
        new GarbageCollectionMetrics().bindTo(registry);
        double before = pauses();

        // when
        System.gc();

        // then
        assertThat(pauses()).isGreaterThan(before);
    }

    @Test
    void theTimeOfPausesIsThatOfTheirCollector() {
        // given
        new GarbageCollectionMetrics().bindTo(registry);

        // when
        System.gc();

        // then
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (!GarbageCollectionMetrics.isConcurrent(collector.getName())) {
                var timer = registry.get("jvm.gc.pause")
                        .tag("gc", collector.getName())
                        .functionTimer();
                long least = collector.getCollectionTime();
                assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(least);
            }
        }
    }

    @Test
    void whatIsAllocatedShowsBeforeACollectionDoes() {
        // given
        new GarbageCollectionMetrics().bindTo(registry);
        double before =
                registry.get("jvm.gc.memory.allocated").functionCounter().count();

        // when
        byte[] allocated = new byte[OBJECT_BYTES];

        // then
        assertThat(registry.get("jvm.gc.memory.allocated").functionCounter().count() - before)
                .isGreaterThanOrEqualTo(allocated.length);
    }

    @Test
    void whatAFullCollectionLeavesIsWithinTheMost() {
        // given
        new GarbageCollectionMetrics().bindTo(registry);

        // when
        System.gc();

        // then
        assertThat(registry.get("jvm.gc.live.data.size").gauge().value())
                .isPositive()
                .isLessThan(registry.get("jvm.gc.max.data.size").gauge().value());
    }

    @Test
    void theNamesAreThoseThatDashboardsOfTheJvmAskFor() {
        // given
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        // when
        new GarbageCollectionMetrics().bindTo(prometheus);

        // then
        assertThat(prometheus.scrape())
                .containsPattern("(?m)^jvm_gc_pause_seconds_count\\{action=\"end of [^\"]+\",gc=\"[^\"]+\"} \\d")
                .containsPattern("(?m)^jvm_gc_pause_seconds_sum\\{action=\"end of [^\"]+\",gc=\"[^\"]+\"} \\d")
                .containsPattern("(?m)^jvm_gc_pause_seconds_max\\{action=\"end of [^\"]+\",gc=\"[^\"]+\"} \\d")
                .containsPattern("(?m)^jvm_gc_memory_allocated_bytes_total \\d")
                .containsPattern("(?m)^jvm_gc_live_data_size_bytes \\d")
                .containsPattern("(?m)^jvm_gc_max_data_size_bytes \\d");
        prometheus.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12, 0, 0.012",
        "100000, 12, 100000, 0.012",
        "100000, 1500, 159999, 1.5",
        "100000, 12, 160000, 0.012",
        "100000, 12, 160001, 0",
    })
    void aPauseIsRecentForAMinute(long end, long duration, long now, double seconds) {
        // then
        assertThat(GarbageCollectionMetrics.recentSeconds(end, duration, now)).isEqualTo(seconds);
    }

    /** The names that HotSpot gives its collectors, and what its notifications call what each has done. */
    @ParameterizedTest
    @CsvSource({
        "Copy, end of minor GC",
        "MarkSweepCompact, end of major GC",
        "PS Scavenge, end of minor GC",
        "PS MarkSweep, end of major GC",
        "G1 Young Generation, end of minor GC",
        "G1 Old Generation, end of major GC",
        "ZGC Minor Pauses, end of minor GC",
        "ZGC Major Pauses, end of major GC",
        "Shenandoah Pauses, end of GC pause",
    })
    void aCollectorThatStopsTheProgramHasAnAction(String collector, String action) {
        // then
        assertThat(GarbageCollectionMetrics.isConcurrent(collector)).isFalse();
        assertThat(GarbageCollectionMetrics.action(collector)).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource({"ZGC Minor Cycles", "ZGC Major Cycles", "Shenandoah Cycles", "G1 Concurrent GC"})
    void aCollectorThatWorksBesideTheProgramHasNoPauses(String collector) {
        // then
        assertThat(GarbageCollectionMetrics.isConcurrent(collector)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Tenured Gen, true",
        "G1 Old Gen, true",
        "PS Old Gen, true",
        "ZGC Old Generation, true",
        "Eden Space, false",
        "Survivor Space, false",
        "G1 Eden Space, false",
        "ZGC Young Generation, false",
    })
    void onePoolOfAHeapHasTheObjectsThatLiveLong(String pool, boolean longLived) {
        // then
        assertThat(GarbageCollectionMetrics.isLongLived(pool)).isEqualTo(longLived);
    }
}

package dev.brr.bench;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.MallocStats;
import dev.brr.jemalloc.micrometer.JemallocMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it takes to read all meters of the allocator and to write them as Prometheus' text; jemalloc is preloaded.
 *
 * <p>The meters share a reading of the statistics for a tenth of a second, in which a benchmark scrapes thousands of
 * times. So each scrape begins with a reading of its own, which its meters then share: one advance of the epoch and one read
 * of each statistic, as for a scrape that nobody scraped before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScrapeBenchmark {
    private final Jemalloc jemalloc = Jemalloc.probe();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Setup
    public void bind() {
        if (jemalloc instanceof Jemalloc.Absent absent) {
            throw new IllegalStateException(absent.explanation());
        }
        new JemallocMetrics(jemalloc).bindTo(registry);
    }

    @Benchmark
    public String scrape() {
        read();
        return registry.scrape();
    }

    @Benchmark
    public MallocStats read() {
        return ((Jemalloc.Loaded) jemalloc).statsNotOlderThan(Duration.ZERO);
    }
}

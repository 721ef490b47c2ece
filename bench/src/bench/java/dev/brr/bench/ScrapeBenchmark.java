package dev.brr.bench;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.micrometer.JemallocMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to read all meters of the allocator and to write them as Prometheus' text; jemalloc is preloaded. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScrapeBenchmark {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Setup
    public void bind() {
        if (Jemalloc.probe() instanceof Jemalloc.Absent absent) {
            throw new IllegalStateException(absent.explanation());
        }
        new JemallocMetrics(Jemalloc.probe()).bindTo(registry);
    }

    @Benchmark
    public String scrape() {
        return registry.scrape();
    }
}

package dev.brr.runtime.metrics;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.micrometer.JemallocMetrics;
import dev.brr.jemalloc.micrometer.ProcessMemoryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Every meter of one service, and the text that Prometheus scrapes. */
public final class RuntimeMetrics implements AutoCloseable {
    /** Prometheus' text format; what a scrape gets that asks for nothing else. */
    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LongAdder active = new LongAdder();
    private final Map<String, OperationMeters> byOperation = new ConcurrentHashMap<>();
    private final OperationMemoryMetrics memory = new OperationMemoryMetrics(registry);
    private final Counter responseViolations;
    private final Counter authFailures;
    private final Counter rateLimited;

    /** Registers the meters of the process, its allocator and the JVM. */
    public RuntimeMetrics(Jemalloc jemalloc) {
        new JemallocMetrics(jemalloc).bindTo(registry);
        new ProcessMemoryMetrics(jemalloc).bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new GarbageCollectionMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new CarrierMetrics().bindTo(registry);
        new ProcessCpuMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("http.server.active.requests", active, LongAdder::sum)
                .description("Requests being answered now")
                .register(registry);
        responseViolations = Counter.builder("brr.response.violations")
                .description("Answers withheld because they depart from the document")
                .register(registry);
        authFailures = Counter.builder("brr.auth.failures")
                .description("Requests refused for want of credentials")
                .register(registry);
        rateLimited = Counter.builder("brr.rate.limited")
                .description("Requests refused because their client has sent too many")
                .register(registry);
    }

    /** Gives the meters of an operation; {@code unmatched} where the request fits none. */
    public OperationMeters operation(String id) {
        return byOperation.computeIfAbsent(id, name -> new OperationMeters(registry, name));
    }

    /** Gives the meters of what operations allocate and hold. */
    public OperationMemoryMetrics memory() {
        return memory;
    }

    /** Where other parts of the service register meters of their own. */
    public MeterRegistry registry() {
        return registry;
    }

    public void requestBegins() {
        active.increment();
    }

    public void requestEnds() {
        active.decrement();
    }

    public void responseViolated() {
        responseViolations.increment();
    }

    public void authFailed() {
        authFailures.increment();
    }

    public void rateLimited() {
        rateLimited.increment();
    }

    /** Gives what to run when a fetch of the keys of a security scheme fails, and counts those from now on. */
    public Runnable failedKeyFetches(String scheme) {
        return Counter.builder("brr.key.fetch.failures")
                .description("Fetches of the keys that verify tokens that failed")
                .tag("scheme", scheme)
                .register(registry)::increment;
    }

    /**
     * Renders all meters.
     *
     * @param accept the scraper's {@code Accept} header; empty for Prometheus' text format
     */
    public Scrape scrape(String accept) {
        if (accept.contains("application/openmetrics-text")) {
            return new Scrape(OPEN_METRICS, registry.scrape(OPEN_METRICS));
        }
        return new Scrape(TEXT, PrometheusText.of(snapshots()).orElseGet(() -> registry.scrape(TEXT)));
    }

    MetricSnapshots snapshots() {
        return registry.getPrometheusRegistry().scrape();
    }

    /** A rendering of all meters, with its content type. */
    public record Scrape(String contentType, String text) {}

    @Override
    public void close() {
        registry.close();
    }
}

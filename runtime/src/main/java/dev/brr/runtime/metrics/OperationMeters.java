package dev.brr.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Times the requests of one operation, by method and status; each timer is looked up in the registry once. */
public final class OperationMeters {
    /** Requests that fit no operation. */
    public static final String UNMATCHED = "unmatched";

    private static final int STATUSES = 600;
    /** Any other method is a client's invention: as a tag it would let clients make time series without end. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final String operation;
    private final Map<String, AtomicReferenceArray<Timer>> byMethod = new ConcurrentHashMap<>();

    OperationMeters(MeterRegistry registry, String operation) {
        this.registry = registry;
        this.operation = operation;
    }

    /** The operationId; {@link #UNMATCHED} where requests fit none. */
    public String operation() {
        return operation;
    }

    /** Notes an answered request. */
    public void record(String method, int status, long nanos) {
        String known = METHODS.contains(method) ? method : "OTHER";
        AtomicReferenceArray<Timer> timers = byMethod.get(known);
        if (timers == null) {
            timers = byMethod.computeIfAbsent(known, _ -> new AtomicReferenceArray<>(STATUSES));
        }
        Timer timer = timers.get(status);
        if (timer == null) {
            timer = timer(known, status);
            timers.set(status, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String method, int status) {
        return Timer.builder("http.server.requests")
                .description("Requests answered, by operation, method and status")
                .tags("operation", operation, "method", method, "status", Integer.toString(status))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}

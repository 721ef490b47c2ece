package dev.brr.runtime.tracing;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends spans to a collector in batches, in a thread of its own: a request waits for none. Where the collector does not
 * keep up or refuses, spans are dropped and counted, and the log says so once until one is taken again.
 */
public final class SpanExporter implements AutoCloseable, MeterBinder {
    /** How many spans may wait. */
    static final int CAPACITY = 2048;

    private static final Logger LOG = System.getLogger(SpanExporter.class.getName());
    private static final int BATCH = 512;
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI endpoint;
    private final Map<String, String> resource;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final BlockingQueue<FinishedSpan> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean open = true;
    private boolean failing;

    /**
     * @param collector the collector's address, to which {@code /v1/traces} is added
     * @param resource what the service is called, by the semantic conventions
     */
    public SpanExporter(URI collector, Map<String, String> resource) {
        String base = collector.toString();
        this.endpoint = URI.create((base.endsWith("/") ? base : base + "/") + "v1/traces");
        this.resource = new TreeMap<>(resource);
        this.thread = Thread.ofPlatform().daemon().name("brr-spans").start(this::run);
    }

    /** Takes a span, or drops it when too many wait. */
    public void add(FinishedSpan span) {
        if (span.span().sampled() && !queue.offer(span)) {
            dropped.increment();
        }
    }

    private void run() {
        try {
            while (open || !queue.isEmpty()) {
                sendWhatComes();
            }
        } catch (InterruptedException _) {
            dropped.add(queue.size());
        }
    }

    private void sendWhatComes() throws InterruptedException {
        FinishedSpan first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first == null) {
            return;
        }
        List<FinishedSpan> batch = new ArrayList<>();
        batch.add(first);
        long until = System.nanoTime() + GATHER.toNanos();
        while (batch.size() < BATCH) {
            FinishedSpan next = queue.poll(open ? Math.max(0, until - System.nanoTime()) : 0, TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        send(batch);
    }

    private void send(List<FinishedSpan> batch) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(OtlpJson.of(resource, batch)))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                sent.add(batch.size());
                failing = false;
            } else {
                failed(batch.size(), "it answers " + status);
            }
        } catch (IOException e) {
            failed(batch.size(), e.toString());
        }
    }

    private void failed(int spans, String why) {
        dropped.add(spans);
        if (!failing) {
            LOG.log(Level.WARNING, "Spans cannot be sent to {0} and are dropped: {1}", endpoint, why);
        }
        failing = true;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("brr.spans.sent", sent, LongAdder::doubleValue)
                .description("Spans that the collector took")
                .register(registry);
        FunctionCounter.builder("brr.spans.dropped", dropped, LongAdder::doubleValue)
                .description("Spans that were dropped because the collector did not keep up, or refused them")
                .register(registry);
    }

    /** Sends what waits, for five seconds at most. */
    @Override
    public void close() {
        open = false;
        try {
            thread.join(TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        client.shutdownNow();
    }
}

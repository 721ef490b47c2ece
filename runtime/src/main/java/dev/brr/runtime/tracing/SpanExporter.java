package dev.brr.runtime.tracing;

import dev.brr.runtime.logging.TraceParent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends spans to a collector in batches, in a thread of its own: a request waits for none. A batch that a collector cannot
 * take just now is sent again, later and later; meanwhile a bounded number of spans waits, and what does not fit is dropped
 * and counted. The log says so once until a batch is taken again.
 */
public final class SpanExporter implements AutoCloseable, MeterBinder {
    /** How many spans may wait. */
    static final int CAPACITY = 2048;

    private static final Logger LOG = System.getLogger(SpanExporter.class.getName());
    private static final int BATCH = 512;
    private static final Duration GATHER = Duration.ofSeconds(1);

    private final OtlpTarget target;
    private final OtlpClient client;
    private final RetryPolicy policy;
    private final BlockingQueue<FinishedSpan> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    public SpanExporter(OtlpTarget target) {
        this(target, RetryPolicy.STANDARD);
    }

    SpanExporter(OtlpTarget target, RetryPolicy policy) {
        this.target = target;
        this.client = new OtlpClient(target);
        this.policy = policy;
        this.thread = Thread.ofPlatform().daemon().name("brr-spans").start(this::run);
    }

    /** Sends everything as it is to a collector that asks for no key. */
    SpanExporter(URI collector, Map<String, String> resource) {
        this(OtlpTarget.of(collector, resource));
    }

    /** Begins the span of a request. */
    public ServerSpan begin(Optional<TraceParent> caller, List<String> traceStates) {
        return ServerSpan.begin(caller, traceStates, target.sampler());
    }

    /** Takes a span, or drops it when too many wait. */
    public void add(FinishedSpan span) {
        if (span.span().sampled() && !queue.offer(span)) {
            dropped.increment();
        }
    }

    private void run() {
        try {
            while (isOpen() || !queue.isEmpty()) {
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
            FinishedSpan next = queue.poll(isOpen() ? Math.max(0, until - System.nanoTime()) : 0, TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        send(batch);
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void send(List<FinishedSpan> batch) throws InterruptedException {
        HttpRequest request = client.request(batch);
        for (int attempt = 1; true; attempt++) {
            // Before the attempt: one more is made after the end was asked for, and none after that.
            boolean last = !isOpen();
            switch (client.send(request)) {
                case OtlpAnswer.Taken taken -> {
                    long rejected = Math.min(taken.rejected(), batch.size());
                    sent.add(batch.size() - rejected);
                    dropped.add(rejected);
                    failing = false;
                    return;
                }
                case OtlpAnswer.Refused refused -> {
                    Optional<Duration> pause = last
                            ? Optional.empty()
                            : policy.pause(
                                    attempt,
                                    refused,
                                    ThreadLocalRandom.current().nextDouble());
                    if (pause.isEmpty()) {
                        failed(batch.size(), refused.why());
                        return;
                    }
                    retried.increment();
                    awaitEnd(pause.get());
                }
            }
        }
    }

    /** Waits, but not after the end was asked for. */
    private void awaitEnd(Duration pause) throws InterruptedException {
        boolean ends = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        LOG.log(Level.DEBUG, "A batch of spans is sent again{0}", ends ? " for the last time" : "");
    }

    private void failed(int spans, String why) {
        dropped.add(spans);
        if (!failing) {
            LOG.log(Level.WARNING, "Spans cannot be sent to {0} and are dropped: {1}", target.endpoint(), why);
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
        FunctionCounter.builder("brr.spans.retries", retried, LongAdder::doubleValue)
                .description(
                        "Batches of spans that were sent again because the collector could not take them just then")
                .register(registry);
    }

    /** Sends what waits, for five seconds at most. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(OtlpClient.TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        client.close();
    }
}

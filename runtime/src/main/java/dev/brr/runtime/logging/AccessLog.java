package dev.brr.runtime.logging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes a line for each request, in a thread of its own: a request waits for no output. Where the output does not keep
 * up, entries are dropped and counted.
 */
public final class AccessLog implements AutoCloseable, MeterBinder {
    private static final int BATCH = 256;

    private final BlockingQueue<AccessEntry> queue;
    private final OutputStream out;
    private final LongAdder dropped = new LongAdder();
    private final Thread writer;
    private volatile boolean open = true;

    /** @param capacity how many entries may wait */
    public AccessLog(OutputStream out, int capacity) {
        this.out = out;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.writer = Thread.ofPlatform().daemon().name("brr-access-log").start(this::run);
    }

    /** Takes an entry, or drops it when too many wait. */
    public void add(AccessEntry entry) {
        if (!queue.offer(entry)) {
            dropped.increment();
        }
    }

    private void run() {
        List<AccessEntry> batch = new ArrayList<>(BATCH);
        while (open || !queue.isEmpty()) {
            try {
                AccessEntry first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                    batch.clear();
                }
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** Output that fails is as good as output that does not keep up. */
    private void write(List<AccessEntry> batch) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(batch.size() * 256);
        batch.forEach(entry -> entry.write(lines));
        try {
            out.write(lines.toByteArray());
            out.flush();
        } catch (IOException _) {
            dropped.add(batch.size());
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("brr.access.log.dropped", dropped, LongAdder::doubleValue)
                .description("Lines of the access log that were dropped because the output did not keep up")
                .register(registry);
    }

    /** Writes what waits, for a second at most. */
    @Override
    public void close() {
        open = false;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}

package dev.brr.runtime.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the streams of server-sent events, and lets no more begin than there may be. */
final class EventStreams implements MeterBinder {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    EventStreams(int max) {
        this.max = max;
    }

    /** Takes a place; false when there is none. */
    boolean enter() {
        int now = open.get();
        while (now < max) {
            if (open.compareAndSet(now, now + 1)) {
                return true;
            }
            now = open.get();
        }
        return false;
    }

    void leave() {
        open.decrementAndGet();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("brr.event.streams.open", open, AtomicInteger::get)
                .description("Streams of server-sent events that are open now")
                .register(registry);
    }
}

package dev.brr.runtime.server;

import dev.brr.runtime.config.ConnectionSettings;
import dev.brr.runtime.config.LimitSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Cuts connections off that take longer than they may, and keeps their number. */
final class ConnectionWatchdog implements AutoCloseable, MeterBinder {
    private static final Logger LOG = System.getLogger(ConnectionWatchdog.class.getName());
    private static final Duration TICK = Duration.ofMillis(200);

    private final TickingClock clock = new TickingClock();
    private final ConnectionWatch.Rules rules;
    private final int max;
    private final Set<WatchedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder idleCloses = new LongAdder();
    private final LongAdder slowCloses = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder interrupts = new LongAdder();
    private final Thread thread;
    private volatile boolean running = true;

    ConnectionWatchdog(ConnectionSettings connections, LimitSettings limits) {
        this.rules = new ConnectionWatch.Rules(
                connections.idleTimeout().toNanos(),
                connections.headerTimeout().toNanos(),
                limits.requestTimeout().toNanos(),
                connections.sendTimeout().toNanos(),
                connections.minBytesPerSecond());
        this.max = connections.max();
        this.thread = Thread.ofPlatform().daemon().name("brr-connections").start(this::run);
    }

    /** How many connections there may be at a time. */
    int max() {
        return max;
    }

    TickingClock clock() {
        return clock;
    }

    /**
     * Takes a new connection in.
     *
     * @return false when there is no room, and no idle connection that could make some
     */
    boolean admit(WatchedConnection connection) {
        if (count.incrementAndGet() > max && !makeRoom()) {
            count.decrementAndGet();
            refusals.increment();
            return false;
        }
        open.add(connection);
        return true;
    }

    /** Ends the connection that has waited longest for its next request; one caller at a time, so that each ends another. */
    private synchronized boolean makeRoom() {
        Optional<WatchedConnection> longest = open.stream()
                .filter(connection -> connection.watch().phase() == ConnectionWatch.Phase.IDLE)
                .min(Comparator.comparing(WatchedConnection::watch, ConnectionWatch.LONGEST_FIRST));
        longest.ifPresent(connection -> {
            idleCloses.increment();
            leave(connection);
            connection.cut();
        });
        return longest.isPresent();
    }

    void leave(WatchedConnection connection) {
        if (open.remove(connection)) {
            count.decrementAndGet();
        }
    }

    private void run() {
        while (running) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException _) {
                return;
            }
            try {
                long now = clock.tick();
                open.forEach(connection -> apply(connection, connection.watch().verdict(now, rules)));
            } catch (RuntimeException | OutOfMemoryError e) {
                // Too many connections may be what fills the memory: to cut them off is the cure.
                tell(e);
            }
        }
    }

    private static void tell(Throwable e) {
        try {
            LOG.log(Level.WARNING, "A look at the connections failed, and is tried again", e);
        } catch (OutOfMemoryError _) {
            // There is no memory for words either; the next look is what matters.
        }
    }

    private void apply(WatchedConnection connection, ConnectionWatch.Verdict verdict) {
        switch (verdict) {
            case KEEP -> {}
            case CLOSE -> {
                (connection.watch().phase() == ConnectionWatch.Phase.IDLE ? idleCloses : slowCloses).increment();
                leave(connection);
                connection.cut();
            }
            case TIMEOUT -> {
                slowCloses.increment();
                leave(connection);
                connection.cutWithTimeout();
            }
            case INTERRUPT -> {
                interrupts.increment();
                connection.interruptWork();
            }
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("brr.connections.open", count, AtomicInteger::get)
                .description("Connections of clients that are open now")
                .register(registry);
        counter(registry, "idle", "brr.connections.cut", "Connections ended by the service, by reason", idleCloses);
        counter(registry, "slow", "brr.connections.cut", "Connections ended by the service, by reason", slowCloses);
        counter(registry, "full", "brr.connections.cut", "Connections ended by the service, by reason", refusals);
        FunctionCounter.builder("brr.handlers.interrupted", interrupts, LongAdder::doubleValue)
                .description("Handlers interrupted because they took too long")
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry, String reason, String name, String description, LongAdder value) {
        FunctionCounter.builder(name, value, LongAdder::doubleValue)
                .description(description)
                .tag("reason", reason)
                .register(registry);
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
    }
}

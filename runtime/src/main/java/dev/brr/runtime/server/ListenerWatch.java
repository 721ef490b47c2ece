package dev.brr.runtime.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Looks now and then whether ports are still listened on, and ends the process where one is not.
 *
 * <p>A web server that cannot accept a connection, because files or memory ran out for a moment, stops to listen for good
 * (seen with Helidon 4.5.0), and tells nobody but its log, or, where there is no memory for that either, leaves a port on
 * which nobody accepts what comes: the process would live on, healthy by its other port, and serve nobody. What listens is
 * a thread that has to live, on a port that, as long as somebody listens, cannot be bound.
 */
final class ListenerWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ListenerWatch.class.getName());
    /** As where the heap stays full: the platform starts the service again. */
    private static final int EXIT_CODE = 3;

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final List<Listener> listeners;
    private final Duration interval;
    private final IntConsumer lost;
    private final Thread thread;

    /**
     * What listens.
     *
     * @param thread what accepts connections, where that is known
     */
    record Listener(String host, int port, Optional<Thread> thread) {

        /** Whether it does; where that cannot be found out, it does. */
        boolean listens() {
            return thread.map(Thread::isAlive).orElse(true) && !canBeBound();
        }

        private boolean canBeBound() {
            try (ServerSocket socket = new ServerSocket()) {
                // What is left of connections that have ended does not count.
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(host, port));
                return true;
            } catch (IOException _) {
                return false;
            }
        }
    }

    private ListenerWatch(List<Listener> listeners, Duration interval, IntConsumer lost) {
        this.listeners = listeners;
        this.interval = interval;
        this.lost = lost;
        this.thread = Thread.ofPlatform().daemon().name("brr-listener-watch").unstarted(this::run);
    }

    /** Watches until it is closed or the process is ended; only where ports are bound as Linux binds them. */
    static Optional<ListenerWatch> start(List<Listener> listeners) {
        return Files.exists(Path.of("/proc/self"))
                ? Optional.of(start(listeners, INTERVAL, ListenerWatch::end))
                : Optional.empty();
    }

    /** Watches, and says once which port nobody listens on any more. */
    static ListenerWatch start(List<Listener> listeners, Duration interval, IntConsumer lost) {
        ListenerWatch watch = new ListenerWatch(listeners, interval, lost);
        watch.thread.start();
        return watch;
    }

    private static void end(int port) {
        try {
            LOG.log(
                    Level.ERROR,
                    "Nobody listens on port {0} any more, for want of files or of memory: the service ends, to be started"
                            + " again",
                    String.valueOf(port));
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private void run() {
        try {
            OptionalInt port = OptionalInt.empty();
            while (port.isEmpty()) {
                Thread.sleep(interval);
                port = unheard();
            }
            lost.accept(port.getAsInt());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first port that nobody listens on. */
    private OptionalInt unheard() {
        try {
            return listeners.stream()
                    .filter(listener -> !listener.listens())
                    .mapToInt(Listener::port)
                    .findFirst();
        } catch (OutOfMemoryError _) {
            // That may be what ended a listener: the next look finds out.
            return OptionalInt.empty();
        }
    }

    /** Looks no more; to be called before ports are closed on purpose. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.brr.runtime.server;

import dev.brr.runtime.handler.Event;
import dev.brr.runtime.handler.EventSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream of server-sent events on its way. Where its source is silent it sends comments, which clients ignore: proxies
 * keep the connection then, and a client that is gone is found though there is nothing to tell it.
 */
final class EventStream {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final ConnectionWatch watch;
    private final long silence;
    private final Thread source = Thread.currentThread();
    /** Guards the output and all that follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition ended = lock.newCondition();
    private boolean hasEnded;
    private long lastNanos = System.nanoTime();

    private EventStream(OutputStream out, ConnectionWatch watch, Duration silence) {
        this.out = out;
        this.watch = watch;
        this.silence = silence.toNanos();
    }

    /**
     * Sends what a source emits, until it is done.
     *
     * @param silence how long nothing is sent before a comment is
     * @throws InterruptedException when the service stops, or the client is gone
     */
    static void send(EventSource source, OutputStream out, ConnectionWatch watch, Duration silence)
            throws IOException, InterruptedException {
        EventStream stream = new EventStream(out, watch, silence);
        Thread.ofVirtual().name("brr-event-comments").start(stream::comment);
        try {
            source.emit(stream::send);
        } finally {
            stream.end();
        }
    }

    private void send(Event event) throws IOException {
        lock.lock();
        try {
            write(event.bytes());
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] bytes) throws IOException {
        watch.enter(ConnectionWatch.Phase.SEND);
        out.write(bytes);
        out.flush();
        watch.enter(ConnectionWatch.Phase.STREAM);
        lastNanos = System.nanoTime();
    }

    private void comment() {
        lock.lock();
        try {
            while (!hasEnded) {
                long left = lastNanos + silence - System.nanoTime();
                if (left > 0) {
                    long _ = ended.awaitNanos(left);
                } else {
                    write(COMMENT);
                }
            }
        } catch (IOException | RuntimeException _) {
            // The source learns of it where it waits; it has not ended, for that takes the lock.
            source.interrupt();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            hasEnded = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

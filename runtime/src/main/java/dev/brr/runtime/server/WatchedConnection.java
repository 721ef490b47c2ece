package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.RequestIds;
import dev.brr.runtime.problem.Problem;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An HTTP connection that the watchdog sees. */
final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {
    private static final Logger LOG = System.getLogger(WatchedConnection.class.getName());
    private static final ScopedValue<WatchedConnection> CURRENT = ScopedValue.newInstance();
    /** More is not read of what a client sends that was told to go. */
    private static final long MAX_LINGER_BYTES = 64L * 1024 * 1024;

    private final ConnectionWatchdog watchdog;
    private long readable = Long.MAX_VALUE;
    private final ConnectionWatch watch;
    private final ConnectionContext context;
    private final HelidonSocket socket;
    private final Optional<EarlyAnswers> answers;
    private final RequestReader reader;
    private final ServerConnection http;
    private volatile @Nullable Thread worker;
    private volatile boolean cut;
    private volatile String saidId = "";

    /**
     * @param answers where it is noted what a client is answered before it has sent a request, if anywhere
     * @param maxHead what the headers of a request may have, in bytes
     */
    WatchedConnection(
            ConnectionWatchdog watchdog,
            ServerConnectionSelector protocol,
            ConnectionContext context,
            Optional<EarlyAnswers> answers,
            int maxHead) {
        this.watchdog = watchdog;
        this.watch = new ConnectionWatch(watchdog.clock());
        this.context = context;
        this.answers = answers;
        this.socket = context.serverSocket();
        WatchedContext watched =
                new WatchedContext(context, this::read, maxHead, () -> watch.enter(ConnectionWatch.Phase.IDLE));
        this.reader = watched.dataReader();
        this.http = protocol.connection(watched);
    }

    /** The connection that the running thread works for. */
    static WatchedConnection current() {
        return CURRENT.get();
    }

    ConnectionWatch watch() {
        return watch;
    }

    /** The address that it comes from; empty where that is not known. */
    String client() {
        return context.remotePeer().address() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
    }

    /** Whether its client speaks HTTP/1.0, which knows no chunks and closes unless it is told otherwise. */
    boolean isHttp10() {
        return reader.isHttp10();
    }

    /** Lets so many more bytes be read, until it is said anew. */
    void boundReading(long bytes) {
        readable = bytes;
    }

    private byte @Nullable [] read() {
        byte[] bytes;
        try {
            bytes = socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("The client is gone", e);
        }
        if (bytes != null) {
            watch.received(bytes.length);
            readable -= bytes.length;
            if (readable < 0) {
                throw new ChunkedInput.TooLargeException();
            }
        }
        return bytes;
    }

    @Override
    public void handle(Limit limit) {
        worker = Thread.currentThread();
        if (!watchdog.admit(this)) {
            refuse();
            return;
        }
        try {
            ScopedValue.where(CURRENT, this).call(() -> {
                http.handle(limit);
                return true;
            });
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (watch.lingers() && !cut) {
                readOn();
            }
            if (socket.isSecure() && !cut) {
                // It takes part of the client to say goodbye: for as long as any answer may take.
                watch.enter(ConnectionWatch.Phase.SEND);
                SocketEnd.goodbye(socket);
            }
            watchdog.leave(this);
        }
    }

    /**
     * Reads on for a while, so that the client comes to read its answer: to close while it sends would have the system
     * reset the connection, and the answer would be lost on the way.
     */
    private void readOn() {
        watch.enter(ConnectionWatch.Phase.LINGER);
        long left = MAX_LINGER_BYTES;
        try {
            while (left > 0) {
                byte[] bytes = read();
                if (bytes == null) {
                    return;
                }
                left -= bytes.length;
            }
        } catch (RuntimeException _) {
            // Cut off by the watchdog, or gone: either way it ends here.
        }
    }

    /** Says that there is no room; not by TLS, where the client would have to shake hands first. */
    private void refuse() {
        if (socket.isSecure()) {
            SocketEnd.now(socket, null);
        } else {
            saidId = RequestIds.of(List.of());
            say(Problem.custom(503, "Service Unavailable", "There are too many connections"), Optional.of(0L));
        }
    }

    /** Ends the connection. */
    void cut() {
        cut = true;
        Thread.startVirtualThread(() -> SocketEnd.now(socket, worker));
    }

    /** Ends the connection, and says before that its request did not come in time. */
    void cutWithTimeout() {
        // A request that has come as far as its body is noted when it ends, with all that is known of it.
        Optional<Long> nanos = watch.phase() == ConnectionWatch.Phase.HEAD
                ? Optional.of(watchdog.clock().nanos() - watch.since())
                : Optional.empty();
        saidId = RequestIds.of(List.of());
        cut = true;
        Problem timeout = Problem.custom(408, "Request Timeout", "The request took too long to come");
        Thread.startVirtualThread(() -> {
            try {
                SocketEnd.after(() -> say(timeout, nanos), socket, worker);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    boolean isCut() {
        return cut;
    }

    /** What the answer calls the request that nobody asked for; empty where there was none. */
    String saidId() {
        return saidId;
    }

    /** Interrupts who works on the request. */
    void interruptWork() {
        watch.interruptedNow();
        Thread thread = worker;
        if (thread != null) {
            String place = place(thread);
            // Before the words: a log that has no memory may not keep it from being interrupted.
            thread.interrupt();
            LOG.log(Level.WARNING, "A handler takes too long and is interrupted; it is at {0}", place);
        }
    }

    private static String place(Thread thread) {
        StackTraceElement[] trace;
        try {
            trace = thread.getStackTrace();
        } catch (OutOfMemoryError _) {
            return "an unknown place";
        }
        for (StackTraceElement frame : trace) {
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                return frame.toString();
            }
        }
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    /** Sends an answer that nobody asked for; where it is to be noted, with the time that passed. */
    private void say(Problem problem, Optional<Long> nanos) {
        // Of a connection that is closed nobody knows any more whose it was.
        String client = client();
        int sent = write(answer(problem, saidId));
        if (nanos.isPresent() && answers.isPresent()) {
            answers.get().add("", "", problem.status(), nanos.get(), sent, client, saidId);
        }
    }

    private int write(byte[] bytes) {
        try {
            context.dataWriter().writeNow(BufferData.create(bytes));
            return bytes.length;
        } catch (RuntimeException _) {
            // It was worth a try: the client is gone.
            return 0;
        }
    }

    private static byte[] answer(Problem problem, String requestId) {
        byte[] body = problem.json();
        String head = "HTTP/1.1 " + problem.status() + " " + problem.title() + "\r\nContent-Type: " + Problem.MEDIA_TYPE
                + "\r\nContent-Length: " + body.length + "\r\n" + RequestIds.HEADER + ": " + requestId
                + "\r\nConnection: close\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}

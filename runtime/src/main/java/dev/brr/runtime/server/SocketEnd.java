package dev.brr.runtime.server;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.NioSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends the sockets of connections whose clients do not cooperate.
 *
 * <p>Helidon (seen with 4.5.0) closes a socket of TLS only after it has taken leave of the client. For that it needs a lock
 * that is held by whoever shakes hands or writes, and a place in the socket's buffer: a client that stops in the middle of a
 * handshake, or reads nothing, would keep its socket for ever. The channel below is private, so this reaches for it by name,
 * and interrupts the connection's thread where it is called otherwise, which closes the channel as well unless another
 * thread is at it; a test knows.
 */
final class SocketEnd {
    private static final Logger LOG = System.getLogger(SocketEnd.class.getName());
    private static final @Nullable VarHandle CHANNEL = find();
    /** How long a client has to take its last bytes. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private SocketEnd() {}

    private static @Nullable VarHandle find() {
        try {
            return MethodHandles.privateLookupIn(NioSocket.class, MethodHandles.lookup())
                    .findVarHandle(NioSocket.class, "delegate", SocketChannel.class);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "Clients that are cut off by TLS may keep their sockets", e);
            return null;
        }
    }

    /** The channel below a socket; null where it is not known. */
    static @Nullable SocketChannel channel(HelidonSocket socket) {
        return CHANNEL != null && socket instanceof NioSocket ? (SocketChannel) CHANNEL.get(socket) : null;
    }

    /**
     * Closes a socket at once, whatever its threads do.
     *
     * @param worker the thread of the connection
     */
    static void now(HelidonSocket socket, @Nullable Thread worker) {
        SocketChannel channel = channel(socket);
        try {
            if (channel != null) {
                channel.close();
            } else {
                if (worker != null) {
                    worker.interrupt();
                }
                socket.close();
            }
        } catch (IOException | UncheckedIOException _) {
            // Its own thread was faster.
        }
    }

    /**
     * Has the last words said and closes a socket, after a second without them.
     *
     * @param words what sends them; closing the socket ends it
     */
    static void after(Runnable words, HelidonSocket socket, @Nullable Thread worker) throws InterruptedException {
        Thread speaker = Thread.startVirtualThread(() -> {
            words.run();
            goodbye(socket);
        });
        try {
            boolean _ = speaker.join(PATIENCE);
        } finally {
            now(socket, worker);
        }
    }

    /** Closes a socket as the protocol wants it, for as long as the client takes part. */
    static void goodbye(HelidonSocket socket) {
        try {
            socket.close();
        } catch (RuntimeException _) {
            // It is closed all the same.
        }
    }
}

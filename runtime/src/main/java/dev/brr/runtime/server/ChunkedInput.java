package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Exchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body in chunks, of which none may take more than its share of the heap: the web server reads a chunk whole before it
 * hands on a byte of it.
 */
final class ChunkedInput extends FilterInputStream {
    private static final int SHARE_OF_HEAP = 16;
    private static final long LEAST = 1 << 20;

    private final WatchedConnection connection;

    ChunkedInput(InputStream in, WatchedConnection connection) {
        super(in);
        this.connection = connection;
    }

    /** The largest chunk that is taken, with what comes along with it; bytes. */
    static long most() {
        return Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Says, from within the web server, that a chunk is larger. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("a chunk takes too much of the heap", null, false, false);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        connection.boundReading(most());
        try {
            return super.read(bytes, offset, length);
        } catch (TooLargeException _) {
            throw new Exchange.BodyTooLargeException();
        } finally {
            connection.boundReading(Long.MAX_VALUE);
        }
    }
}

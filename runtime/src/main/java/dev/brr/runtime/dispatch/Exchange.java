package dev.brr.runtime.dispatch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;

/** A request as a server hands it in. */
public interface Exchange {

    /** The method token as it came. */
    String method();

    /** The path, not decoded. */
    String rawPath();

    /** The query, not decoded; empty when there is none. */
    String rawQuery();

    /** The values of a header in the order they came. */
    List<String> header(String name);

    /** The address at the other end of the connection. */
    InetAddress remoteAddress();

    /** What {@code Content-Length} says, 0 without a body, -1 when only reading will tell. */
    long contentLength();

    /**
     * Reads the body.
     *
     * @param limit the largest number of bytes to take
     * @throws BodyTooLargeException when there are more
     */
    byte[] body(long limit) throws IOException;

    /**
     * Reads the body as it comes, where the server can; the stream is to be closed.
     *
     * @param limit the largest number of bytes to take; reading further throws {@link BodyTooLargeException}
     */
    default InputStream bodyStream(long limit) throws IOException {
        return new ByteArrayInputStream(body(limit));
    }

    /** Says that a body is larger than it may be. */
    final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}

package dev.brr.runtime.dispatch;

import java.io.IOException;
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
    byte[] body(long limit) throws IOException, BodyTooLargeException;

    /** Says that a body is larger than it may be. */
    final class BodyTooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        public BodyTooLargeException() {
            super(null, null, false, false);
        }
    }
}

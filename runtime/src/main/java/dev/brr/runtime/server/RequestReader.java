package dev.brr.runtime.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of a connection, and hands those of HTTP/1.0 on as HTTP/1.1.
 *
 * <p>Helidon (seen with 4.5.0) knows HTTP/1.1 only, while proxies and their health checks speak HTTP/1.0 unless they are
 * told otherwise. The answer may have the server's own version (RFC 9112, section 2.3).
 */
final class RequestReader extends ChunkFraming {
    private static final byte[] HTTP_1_0 = " HTTP/1.0".getBytes(StandardCharsets.US_ASCII);
    private static final int END_OF_LINE = '\r' << 8 | '\n';
    private static final int EMPTY_LINE = END_OF_LINE << 16 | END_OF_LINE;

    private final Returned source;
    private final int maxHead;
    private final Runnable idle;
    private boolean inHeaders;
    private boolean http10;

    /**
     * Reads from a source that gives null at its end.
     *
     * @param maxHead what the headers may have, in bytes; longer ones are handed on as they are, to be refused
     * @param idle told that what has come was no begin of a request
     */
    RequestReader(Supplier<byte[]> source, int maxHead, Runnable idle) {
        this(new Returned(source), maxHead, idle);
    }

    private RequestReader(Returned source, int maxHead, Runnable idle) {
        super(source);
        this.source = source;
        this.maxHead = maxHead;
        this.idle = idle;
    }

    /** Whether the request that was read last is one of HTTP/1.0. */
    boolean isHttp10() {
        return http10;
    }

    /**
     * Passes over an empty line before a request line (RFC 9112, section 2.2), which some clients send behind a body; a
     * second one is refused. Helidon looks for the end of a chunk's line without bound, and of all others with one.
     */
    @Override
    public int findNewLine(int max) {
        int found = super.findNewLine(max);
        if (found > 0 || inHeaders || max == Integer.MAX_VALUE) {
            return found;
        }
        skip(2);
        if (available() == 0) {
            idle.run();
        }
        return super.findNewLine(max);
    }

    /** Reads a request line, or the value of a {@code Connection} header; Helidon reads no other bytes like this. */
    @Override
    public byte[] readBytes(int length) {
        byte[] bytes = super.readBytes(length);
        if (!inHeaders) {
            inHeaders = true;
            requireMethodAsWritten(bytes);
            http10 = length > 0 && bytes[length - 1] == '0' && endsWithHttp10(bytes);
            if (http10) {
                bytes[length - 1] = '1';
                translateHeaders();
            }
        }
        return bytes;
    }

    @Override
    public boolean startsWithNewLine() {
        boolean end = super.startsWithNewLine();
        if (end) {
            inHeaders = false;
        }
        return end;
    }

    /** Methods are case-sensitive (RFC 9110, section 9.1); Helidon would take {@code delete} for {@code DELETE}. */
    private static void requireMethodAsWritten(byte[] line) {
        for (int i = 0; i < line.length && (i == 0 || line[i] != ' '); i++) {
            if (line[i] == ' ' || line[i] >= 'a' && line[i] <= 'z') {
                throw malformed("The method is no name of one");
            }
        }
    }

    private static boolean endsWithHttp10(byte[] line) {
        int begin = line.length - HTTP_1_0.length;
        return begin > 0 && Arrays.equals(line, begin, line.length, HTTP_1_0, 0, HTTP_1_0.length);
    }

    /** Takes all that is there, which begins with the end of the request line, and puts other headers in its place. */
    private void translateHeaders() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        int last = 0;
        byte @Nullable [] bytes = super.readBytes(available());
        while (bytes != null) {
            int at = 0;
            while (at < bytes.length && last != EMPTY_LINE) {
                last = last << 8 | bytes[at] & 0xff;
                head.write(bytes[at++]);
            }
            behind.write(bytes, at, bytes.length - at);
            if (last == EMPTY_LINE || head.size() > maxHead) {
                break;
            }
            bytes = source.get();
        }
        source.putBack(last == EMPTY_LINE ? told(head.toByteArray()) : head.toByteArray(), behind.toByteArray());
    }

    private static byte[] told(byte[] head) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        told.write(head, 0, 2);
        told.writeBytes(Http10Head.asHttp11(Arrays.copyOfRange(head, 2, head.length - 2)));
        told.write(head, 0, 2);
        return told.toByteArray();
    }

    /** A source that takes back what was read of it. */
    private static final class Returned implements Supplier<byte[]> {
        private final Supplier<byte[]> source;
        private byte @Nullable [] back;

        Returned(Supplier<byte[]> source) {
            this.source = source;
        }

        void putBack(byte[] head, byte[] behind) {
            byte[] all = Arrays.copyOf(head, head.length + behind.length);
            System.arraycopy(behind, 0, all, head.length, behind.length);
            back = all;
        }

        @Override
        public byte @Nullable [] get() {
            byte[] bytes = back;
            if (bytes == null) {
                return source.get();
            }
            back = null;
            return bytes;
        }
    }
}

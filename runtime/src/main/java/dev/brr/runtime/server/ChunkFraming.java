package dev.brr.runtime.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import java.util.function.Supplier;

/**
 * Reads a connection, and the framing of chunked bodies on it to the letter (RFC 9112, section 7.1).
 *
 * <p>Helidon (seen with 4.5.0) refuses what is allowed, extensions of chunks and trailers, and takes what is not: any two
 * bytes for the end of a chunk. It reads line by line in no other place than there.
 */
class ChunkFraming extends DataReader {
    private static final int MAX_TRAILERS = 8192;

    private boolean behindChunk;
    private boolean behindLastChunk;

    ChunkFraming(Supplier<byte[]> source) {
        super(source);
    }

    /** Gives the size of a chunk without extensions, and an empty line in the place of the trailers. */
    @Override
    public String readLine() {
        if (behindLastChunk) {
            behindLastChunk = false;
            skipTrailers();
            return "";
        }
        String line = super.readLine();
        int extension = line.indexOf(';');
        String digits = extension < 0 ? line : line.substring(0, extension).stripTrailing();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
            throw malformed("The size of a chunk is no hexadecimal number");
        }
        String size = digits.replaceFirst("^0+(?=.)", "");
        if (size.length() > 8 || Long.parseLong(size, 16) > Integer.MAX_VALUE) {
            throw malformed("A chunk is larger than any that can be read");
        }
        behindLastChunk = size.equals("0");
        behindChunk = !behindLastChunk;
        return size;
    }

    /** Reads a chunk; what it skips itself is not the end of a line. */
    @Override
    public BufferData readBuffer(int length) {
        boolean chunk = behindChunk;
        behindChunk = false;
        BufferData buffer = super.readBuffer(length);
        behindChunk = chunk;
        return buffer;
    }

    private void skipTrailers() {
        int left = MAX_TRAILERS;
        for (String line = super.readLine(); !line.isEmpty(); line = super.readLine()) {
            left -= line.length() + 2;
            if (left < 0) {
                throw malformed("The trailers are too large");
            }
        }
    }

    @Override
    public void skip(int length) {
        if (!behindChunk || length != 2) {
            super.skip(length);
            return;
        }
        behindChunk = false;
        if (read() != '\r' || read() != '\n') {
            throw malformed("A chunk is longer than it says");
        }
    }

    static RequestException malformed(String message) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .message(message)
                .build();
    }
}

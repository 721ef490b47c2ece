package dev.brr.runtime.contract;

import dev.brr.runtime.spool.RequestFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Takes a {@code multipart/form-data} body apart as it comes (RFC 7578, RFC 2046 section 5.1). */
final class Multipart {
    private static final int MAX_PARTS = 1000;
    private static final int MAX_HEADER_BYTES = 8192;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int ROOM = 16 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] closing;
    private final byte[] buffer;
    private int start;
    private int end;
    private boolean ended;

    private Multipart(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.closing = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.buffer = new byte[ROOM + closing.length];
    }

    /**
     * Takes the body apart.
     *
     * @param files takes the contents of the parts
     * @param isFile which parts may go to disk
     * @throws IllegalArgumentException with a message for the client when it is not well formed
     */
    static List<FormPart> parse(InputStream in, String boundary, RequestFiles files, Predicate<PartHead> isFile)
            throws IOException {
        return new Multipart(in, boundary).parts(files, isFile);
    }

    private List<FormPart> parts(RequestFiles files, Predicate<PartHead> isFile) throws IOException {
        List<FormPart> parts = new ArrayList<>();
        if (!copyTo(OutputStream.nullOutputStream(), delimiter)) {
            throw new IllegalArgumentException("the boundary that the content type names is nowhere in the body");
        }
        while (!startsWith("--")) {
            if (parts.size() == MAX_PARTS) {
                throw new IllegalArgumentException("the form has more than " + MAX_PARTS + " parts");
            }
            skipLineEnd();
            PartHead head = PartHead.of(headers());
            RequestFiles.Writer content = files.writer(isFile.test(head));
            if (!copyTo(content, closing)) {
                throw new IllegalArgumentException("the last part is not closed by the boundary");
            }
            parts.add(new FormPart(head.name(), head.fileName(), head.mediaType(), content.content(), head.headers()));
        }
        in.transferTo(OutputStream.nullOutputStream());
        return parts;
    }

    /** Copies what comes before some bytes, and goes on behind them; false when they never come. */
    private boolean copyTo(OutputStream out, byte[] until) throws IOException {
        while (true) {
            int found = indexOf(until);
            if (found >= 0) {
                out.write(buffer, start, found - start);
                start = found + until.length;
                return true;
            }
            // What may be the beginning of them stays.
            int safe = Math.max(start, end - until.length + 1);
            out.write(buffer, start, safe - start);
            start = safe;
            if (!fill()) {
                return false;
            }
        }
    }

    private void skipLineEnd() throws IOException {
        while (startsWith(" ") || startsWith("\t")) {
            start++;
        }
        if (!startsWith("\r\n")) {
            throw new IllegalArgumentException("the boundary is not followed by the end of the line");
        }
        start += 2;
    }

    private List<byte[]> headers() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        int left = MAX_HEADER_BYTES;
        while (!startsWith("\r\n")) {
            int found = indexOf(LINE_END);
            while (found < 0 && end - start <= left && fill()) {
                found = indexOf(LINE_END);
            }
            if (found < 0 || found - start > left) {
                throw new IllegalArgumentException("the headers of a part do not end");
            }
            lines.add(Arrays.copyOfRange(buffer, start, found));
            left -= found + 2 - start;
            start = found + 2;
        }
        start += 2;
        return lines;
    }

    /** Reads more behind what is there; false at the end of the body. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int count = in.read(buffer, end, buffer.length - end);
        ended = count < 0;
        end += Math.max(0, count);
        return !ended;
    }

    private boolean startsWith(String text) throws IOException {
        while (end - start < text.length()) {
            if (!fill()) {
                return false;
            }
        }
        for (int i = 0; i < text.length(); i++) {
            if (buffer[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(byte[] wanted) {
        for (int i = start; i <= end - wanted.length; i++) {
            if (buffer[i] == wanted[0] && Arrays.equals(buffer, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}

package dev.brr.runtime.server;

import dev.brr.runtime.dispatch.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Decides which answers are compressed, and compresses them. */
final class Compression {
    /** More shrinks JSON by a few per cent and costs twice the CPU. */
    private static final int LEVEL = Deflater.BEST_SPEED;

    private final int minBytes;

    /** @param minBytes from which size on; 0 for never */
    Compression(int minBytes) {
        this.minBytes = minBytes;
    }

    /** Whether a reply is of a size and kind that is worth it. */
    boolean fits(Reply reply) {
        String type = reply.contentType();
        return minBytes > 0
                && reply.body().length >= minBytes
                && type != null
                && shrinks(type)
                && reply.headers().stream().noneMatch(header -> header.name().equalsIgnoreCase("content-encoding"));
    }

    private static boolean shrinks(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.endsWith("json")
                || type.endsWith("xml")
                || type.endsWith("yaml")
                || type.endsWith("javascript")
                || type.equals("application/openmetrics-text")
                || type.equals("application/x-www-form-urlencoded");
    }

    /**
     * Whether an answer is to be compressed, by the {@code Accept-Encoding} of its request (RFC 9110 section 12.5.3): gzip is
     * taken, and not liked less than the answer as it is.
     */
    static boolean isTaken(List<String> acceptEncoding) {
        double gzip = -1;
        double plain = -1;
        double others = -1;
        for (String value : acceptEncoding) {
            for (String element : value.split(",")) {
                String[] parts = element.split(";", -1);
                String coding = parts[0].strip().toLowerCase(Locale.ROOT);
                switch (coding) {
                    case "gzip", "x-gzip" -> gzip = liked(gzip, weight(parts));
                    case "identity" -> plain = liked(plain, weight(parts));
                    case "*" -> others = liked(others, weight(parts));
                    default -> {}
                }
            }
        }
        double wanted = gzip < 0 ? others : gzip;
        return wanted > 0 && wanted >= plain;
    }

    /** Of a coding that is named twice the larger weight counts, unless it is refused once. */
    private static double liked(double before, double weight) {
        return before == 0 || weight == 0 ? 0 : Math.max(before, weight);
    }

    /** The weight of an element; one that cannot be read is zero, which asks for nothing. */
    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2).strip());
                } catch (NumberFormatException _) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /** Compresses. */
    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (GZIPOutputStream gzip = new LevelledGzip(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class LevelledGzip extends GZIPOutputStream {
        LevelledGzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(LEVEL);
        }
    }
}

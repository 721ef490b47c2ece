package dev.brr.runtime.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tells the headers of an HTTP/1.0 request as HTTP/1.1 has them.
 *
 * <p>There a request needs a {@code Host} and its connection stays unless it says otherwise; here it ends unless the
 * client asks to keep it (RFC 9112, section 9.3). An expectation of {@code 100-continue} is to be ignored (RFC 9110,
 * section 10.1.1), and a transfer coding is faulty framing (RFC 9112, section 6.1).
 */
final class Http10Head {
    private static final String END_OF_LINE = "\r\n";
    /** Nobody reads it: the service answers for any host. */
    private static final String HOST = "Host: localhost";

    private Http10Head() {}

    /**
     * Translates.
     *
     * @param lines what follows the request line, as ISO 8859-1, without the empty line at its end
     * @return the same lines with what HTTP/1.1 asks for, each with its end
     * @throws io.helidon.http.RequestException for a {@code Transfer-Encoding}
     */
    static byte[] asHttp11(byte[] lines) {
        List<String> told = new ArrayList<>();
        boolean host = false;
        boolean keep = false;
        boolean close = false;
        for (String line : new String(lines, StandardCharsets.ISO_8859_1).split(END_OF_LINE)) {
            switch (name(line)) {
                case "transfer-encoding" -> throw ChunkFraming.malformed("HTTP/1.0 has no transfer codings");
                case "connection" -> {
                    keep |= has(line, "keep-alive");
                    close |= has(line, "close");
                }
                case "expect" -> {}
                case "" -> told.add(line);
                case "host" -> {
                    host = true;
                    told.add(line);
                }
                default -> told.add(line);
            }
        }
        if (!host) {
            told.add(HOST);
        }
        told.add(keep && !close ? "Connection: keep-alive" : "Connection: close");
        told.removeIf(String::isEmpty);
        return (String.join(END_OF_LINE, told) + END_OF_LINE).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Gives the name of a header as one compares it; empty for what is none. */
    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean has(String line, String option) {
        return Arrays.stream(line.substring(line.indexOf(':') + 1).split(","))
                .anyMatch(each -> each.strip().equalsIgnoreCase(option));
    }
}

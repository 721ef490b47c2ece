package dev.brr.runtime.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a {@code multipart/form-data} body apart (RFC 7578, RFC 2046 section 5.1). */
final class Multipart {
    private static final int MAX_PARTS = 1000;
    private static final int MAX_HEADER_BYTES = 8192;
    private static final MediaType TEXT = new MediaType("text", "plain", Map.of());
    private static final Pattern DISPOSITION_PARAMETER =
            Pattern.compile(";\\s*([a-zA-Z*]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;]*))");

    private final byte[] body;
    private final byte[] delimiter;
    private int at;

    private Multipart(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Takes the body apart.
     *
     * @throws IllegalArgumentException with a message for the client when it is not well formed
     */
    static List<FormPart> parse(byte[] body, String boundary) {
        return new Multipart(body, boundary).parts();
    }

    private List<FormPart> parts() {
        List<FormPart> parts = new ArrayList<>();
        at = indexOf(delimiter, 0);
        if (at < 0) {
            throw new IllegalArgumentException("the boundary that the content type names is nowhere in the body");
        }
        at += delimiter.length;
        while (!startsWith("--")) {
            if (parts.size() == MAX_PARTS) {
                throw new IllegalArgumentException("the form has more than " + MAX_PARTS + " parts");
            }
            skipLineEnd();
            Map<String, String> headers = headers();
            int end = endOfPart();
            parts.add(part(headers, Arrays.copyOfRange(body, at, end)));
            at = end + 2 + delimiter.length;
        }
        return parts;
    }

    private int endOfPart() {
        byte[] next = new byte[delimiter.length + 2];
        next[0] = '\r';
        next[1] = '\n';
        System.arraycopy(delimiter, 0, next, 2, delimiter.length);
        int end = indexOf(next, at);
        if (end < 0) {
            throw new IllegalArgumentException("the last part is not closed by the boundary");
        }
        return end;
    }

    private void skipLineEnd() {
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (!startsWith("\r\n")) {
            throw new IllegalArgumentException("the boundary is not followed by the end of the line");
        }
        at += 2;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        int start = at;
        while (!startsWith("\r\n")) {
            int end = indexOf(new byte[] {'\r', '\n'}, at);
            if (end < 0 || end - start > MAX_HEADER_BYTES) {
                throw new IllegalArgumentException("the headers of a part do not end");
            }
            String line = new String(body, at, end - at, StandardCharsets.UTF_8);
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("a part has a header without a name");
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            at = end + 2;
        }
        at += 2;
        return headers;
    }

    private static FormPart part(Map<String, String> headers, byte[] bytes) {
        Map<String, String> disposition = new HashMap<>();
        Matcher matcher = DISPOSITION_PARAMETER.matcher(headers.getOrDefault("content-disposition", ""));
        while (matcher.find()) {
            String quoted = matcher.group(2);
            disposition.put(
                    matcher.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? matcher.group(3).strip() : quoted.replaceAll("\\\\(.)", "$1"));
        }
        String name = disposition.get("name");
        if (name == null) {
            throw new IllegalArgumentException("a part has no name in its Content-Disposition");
        }
        MediaType type = Optional.ofNullable(headers.get("content-type"))
                .flatMap(MediaType::parse)
                .orElse(TEXT);
        return new FormPart(name, Optional.ofNullable(disposition.get("filename")), type, bytes);
    }

    private boolean startsWith(String text) {
        if (at + text.length() > body.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (body[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(byte[] wanted, int from) {
        for (int i = from; i <= body.length - wanted.length; i++) {
            if (body[i] == wanted[0] && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}

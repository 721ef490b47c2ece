package dev.brr.runtime.contract;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part of a multipart form says of itself (RFC 7578, section 4).
 *
 * @param name the name of the field
 * @param fileName the name the client gives the file, if it is one
 * @param mediaType {@code text/plain} where it names none
 * @param headers all of it, by names in lower case
 */
record PartHead(String name, Optional<String> fileName, MediaType mediaType, Map<String, String> headers) {
    private static final MediaType TEXT = new MediaType("text", "plain", Map.of());
    private static final Pattern DISPOSITION_PARAMETER =
            Pattern.compile(";\\s*([a-zA-Z*]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;]*))");

    /**
     * Reads the header lines of a part.
     *
     * @throws IllegalArgumentException with a message for the client when they are not well formed
     */
    static PartHead of(Iterable<byte[]> lines) {
        Map<String, String> headers = new HashMap<>();
        for (byte[] bytes : lines) {
            String line = new String(bytes, StandardCharsets.UTF_8);
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("a part has a header without a name");
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
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
        return new PartHead(name, Optional.ofNullable(disposition.get("filename")), type, headers);
    }
}

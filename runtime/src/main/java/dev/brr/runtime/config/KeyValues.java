package dev.brr.runtime.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts of the form {@code name=value,name=value}, values percent-encoded, as OpenTelemetry writes headers and attributes. */
final class KeyValues {
    /** The form of a header's name (RFC 9110, section 5.6.2); names of attributes fit it. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z/:-]+");

    private KeyValues() {}

    /** Reads the pairs; null when the text is of another form. */
    static @Nullable Map<String, String> read(String text) {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : text.split("[,\\n]")) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            String name = pair.substring(0, Math.max(0, equals)).strip();
            String value =
                    equals < 0 ? null : decoded(pair.substring(equals + 1).strip());
            if (value == null || !NAME.matcher(name).matches()) {
                return null;
            }
            pairs.put(name, value);
        }
        return pairs.isEmpty() ? null : pairs;
    }

    private static @Nullable String decoded(String text) {
        try {
            String value = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            return value.chars().anyMatch(Character::isISOControl) ? null : value;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    static String write(Map<String, String> pairs) {
        return new TreeMap<>(pairs)
                .entrySet().stream()
                        .map(pair -> pair.getKey() + "="
                                + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"))
                        .collect(Collectors.joining(","));
    }
}

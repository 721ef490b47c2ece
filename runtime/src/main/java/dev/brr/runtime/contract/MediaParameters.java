package dev.brr.runtime.contract;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the parameters of media types (RFC 9110, section 5.6.6), of which quoted values may hold a semicolon. */
final class MediaParameters {
    private final String text;
    private int at;

    private MediaParameters(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** Reads what follows the first semicolon; the first of a name counts. */
    static Map<String, String> read(String text, int from) {
        Map<String, String> parameters = new LinkedHashMap<>();
        MediaParameters reader = new MediaParameters(text, from);
        while (reader.at < text.length()) {
            String name = reader.until('=', ';').strip().toLowerCase(Locale.ROOT);
            if (reader.skip('=')) {
                String value = reader.value();
                if (!name.isEmpty()) {
                    parameters.putIfAbsent(name, value);
                }
            }
            reader.skip(';');
        }
        return parameters;
    }

    private String value() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (text.indexOf('"', at + 1) < 0 || !skip('"')) {
            return until(';', ';').strip();
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        until(';', ';');
        return value.toString();
    }

    private String until(char one, char other) {
        int from = at;
        while (at < text.length() && text.charAt(at) != one && text.charAt(at) != other) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean skip(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }
}

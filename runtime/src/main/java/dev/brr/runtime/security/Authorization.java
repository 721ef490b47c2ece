package dev.brr.runtime.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** An {@code Authorization} header as it was read (RFC 9110, section 11.6.2). Its text form holds no secret. */
sealed interface Authorization {

    /** There is none. */
    record Absent() implements Authorization {}

    /** User and password (RFC 7617), in UTF-8. */
    record Basic(String user, String password) implements Authorization {
        @Override
        public String toString() {
            return "Basic[" + user + "]";
        }
    }

    /** A token (RFC 6750). */
    record Bearer(String token) implements Authorization {
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /**
     * A scheme that is neither, or a form that its scheme does not have.
     *
     * @param scheme the scheme in lower case; empty when the header names none, or when there are several headers
     */
    record Unfit(String scheme) implements Authorization {}

    /** Reads the values of all such headers of a request. */
    static Authorization of(List<String> values) {
        if (values.isEmpty()) {
            return new Absent();
        }
        return values.size() == 1 ? of(values.getFirst()) : new Unfit("");
    }

    private static Authorization of(String value) {
        int end = 0;
        while (end < value.length() && isToken(value.charAt(end))) {
            end++;
        }
        int begin = end;
        while (begin < value.length() && value.charAt(begin) == ' ') {
            begin++;
        }
        if (begin == end) {
            return new Unfit(end == value.length() ? lower(value, end) : "");
        }
        String credentials = value.substring(begin).stripTrailing();
        if (end == 6 && value.regionMatches(true, 0, "bearer", 0, 6)) {
            return isToken68(credentials) ? new Bearer(credentials) : new Unfit("bearer");
        }
        if (end == 5 && value.regionMatches(true, 0, "basic", 0, 5)) {
            return basic(credentials);
        }
        return new Unfit(lower(value, end));
    }

    private static Authorization basic(String credentials) {
        String text;
        try {
            byte[] bytes = Base64.getDecoder().decode(credentials);
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return new Unfit("basic");
        }
        int colon = text.indexOf(':');
        boolean fits = colon >= 0 && text.chars().noneMatch(Character::isISOControl);
        return fits ? new Basic(text.substring(0, colon), text.substring(colon + 1)) : new Unfit("basic");
    }

    /** The form of a token (RFC 9110, section 11.2: token68). */
    private static boolean isToken68(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && "-._~+/".indexOf(c) < 0) {
                return false;
            }
        }
        return end > 0;
    }

    private static boolean isToken(char c) {
        return isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String lower(String value, int end) {
        StringBuilder lower = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }
}

package dev.brr.runtime.contract;

import java.util.Optional;

/**
 * A {@code format}, and which texts are of it beyond doubt: the plain ones that nearly all values are. Others may be of it
 * too, and are for the validator to judge.
 */
enum PlainFormat {
    /** No format, or one that asks nothing of a text. */
    ANY {
        @Override
        boolean admits(String text) {
            return true;
        }
    },
    /** RFC 9562, section 4. */
    UUID {
        @Override
        boolean admits(String text) {
            if (text.length() != UUID_LENGTH) {
                return false;
            }
            for (int i = 0; i < UUID_LENGTH; i++) {
                char c = text.charAt(i);
                boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
                if (dash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                    return false;
                }
            }
            return true;
        }
    },
    /** RFC 3339, {@code full-date}: the days that every month has. */
    DATE {
        @Override
        boolean admits(String text) {
            return text.length() == DATE_LENGTH && isDate(text);
        }
    },
    /** RFC 3339, {@code date-time} in UTC, of days that every month has. */
    DATE_TIME {
        @Override
        boolean admits(String text) {
            int length = text.length();
            return length > TIME_END
                    && isDate(text)
                    && text.charAt(DATE_LENGTH) == 'T'
                    && isBetween(text, 11, 0, 23)
                    && text.charAt(13) == ':'
                    && isBetween(text, 14, 0, 59)
                    && text.charAt(16) == ':'
                    && isBetween(text, 17, 0, 59)
                    && text.charAt(length - 1) == 'Z'
                    && isFraction(text, TIME_END, length - 1);
        }
    },
    /** RFC 3986, {@code relative-ref} without a scheme, an authority, a query or anything encoded. */
    URI_REFERENCE {
        @Override
        boolean admits(String text) {
            if (text.isEmpty() || text.startsWith("//")) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!isPathCharacter(c)) {
                    return false;
                }
            }
            return true;
        }
    },
    /** RFC 3986, {@code URI}: of the web, with a host's name, a path and a query, and nothing encoded. */
    URI {
        @Override
        boolean admits(String text) {
            int host = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : -1;
            int path = host < 0 ? -1 : PlainHost.end(text, host);
            if (path < 0) {
                return false;
            }
            boolean query = false;
            for (int i = path; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean delimiter = query ? c == '=' || c == '&' : c == '?';
                query |= c == '?';
                if ((i == path && c != '/') || (!delimiter && !isPathCharacter(c))) {
                    return false;
                }
            }
            return true;
        }
    },
    /** RFC 5321, {@code Mailbox}: a plain name at a host of several labels. */
    EMAIL {
        @Override
        boolean admits(String text) {
            int at = text.indexOf('@');
            boolean fits = at > 0 && at <= LOCAL_LENGTH && text.length() <= ADDRESS_LENGTH;
            if (!fits || text.indexOf('.', at) < 0 || PlainHost.end(text, at + 1) != text.length()) {
                return false;
            }
            for (int i = 0; i < at; i++) {
                char c = text.charAt(i);
                boolean inside = i > 0 && i < at - 1 && isAlphanumeric(text.charAt(i - 1));
                if (!isAlphanumeric(c) && !(inside && (c == '.' || c == '-' || c == '_' || c == '+'))) {
                    return false;
                }
            }
            return true;
        }
    };

    private static final int LOCAL_LENGTH = 64;
    private static final int ADDRESS_LENGTH = 254;
    private static final int UUID_LENGTH = 36;
    /** Of {@code 2026-01-31}. */
    private static final int DATE_LENGTH = 10;
    /** Of {@code 2026-01-31T12:30:00}. */
    private static final int TIME_END = 19;
    /** Nanoseconds; who writes more is judged by the validator. */
    private static final int FRACTION_DIGITS = 9;

    /** Whether a text is of the format beyond doubt. */
    abstract boolean admits(String text);

    /** Finds a format by the name that documents give it; nothing where it is not known here. */
    static Optional<PlainFormat> of(String name) {
        return switch (name) {
            case "", "int32", "int64", "password", "binary" -> Optional.of(ANY);
            case "uuid" -> Optional.of(UUID);
            case "date" -> Optional.of(DATE);
            case "date-time" -> Optional.of(DATE_TIME);
            case "uri-reference" -> Optional.of(URI_REFERENCE);
            case "uri" -> Optional.of(URI);
            case "email" -> Optional.of(EMAIL);
            default -> Optional.empty();
        };
    }

    private static boolean isPathCharacter(char c) {
        return isAlphanumeric(c) || c == '/' || c == '-' || c == '_' || c == '.' || c == '~';
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDate(String text) {
        return isBetween(text, 0, 0, 99)
                && isBetween(text, 2, 1, 99)
                && text.charAt(4) == '-'
                && isBetween(text, 5, 1, 12)
                && text.charAt(7) == '-'
                && isBetween(text, 8, 1, 28);
    }

    private static boolean isBetween(String text, int at, int least, int most) {
        char tens = text.charAt(at);
        char ones = text.charAt(at + 1);
        int number = 10 * (tens - '0') + ones - '0';
        return isDigit(tens) && isDigit(ones) && number >= least && number <= most;
    }

    /** Nothing, or a point and digits. */
    private static boolean isFraction(String text, int from, int end) {
        if (from == end) {
            return true;
        }
        if (text.charAt(from) != '.' || end - from < 2 || end - from > FRACTION_DIGITS + 1) {
            return false;
        }
        for (int i = from + 1; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}

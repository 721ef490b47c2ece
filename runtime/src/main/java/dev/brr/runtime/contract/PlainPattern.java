package dev.brr.runtime.contract;

import dev.brr.runtime.document.BoundedPattern;
import dev.brr.runtime.document.BoundedPattern.EndlessMatchException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code pattern} of the part of ECMA-262's regular expressions that means the same to Java's: ASCII literals, classes and
 * groups, with quantifiers and anchors at the ends. It admits a text that matches beyond doubt; what it does not admit, and
 * any long text, is for the validator to judge.
 */
final class PlainPattern {
    /** Java's matcher recurs for each turn of a group: a long text might end its stack. */
    private static final int MAX_TEXT = 512;

    private static final int MAX_PATTERN = 256;
    private static final int MAX_DEPTH = 8;

    /** Characters that stand for themselves everywhere, beside letters and digits. */
    private static final String LITERALS = " _-/:@,;=%!~#'\"<>";
    /** Characters that stand for themselves in a class, where most others do not need to be escaped. */
    private static final String CLASS_LITERALS = LITERALS + ".+*?(){}|$";
    /** What may be escaped to stand for itself. */
    private static final String PUNCTUATION = ".+*?()[]{}|^$\\/-";

    /** Two to the power of so many ways to match a text are tried in some milliseconds at most. */
    private static final int MOST_CHOICES = 20;
    /** A quantifier may take as many characters as a text has. */
    private static final int CHOICES_OF_REPETITION = 9;

    private final Pattern pattern;
    private final @Nullable BoundedPattern bounded;

    private PlainPattern(Pattern pattern, boolean hasFewWays) {
        this.pattern = pattern;
        this.bounded = hasFewWays ? null : BoundedPattern.of(pattern);
    }

    /** Whether a text matches beyond doubt; to know that never takes long. */
    boolean admits(String text) {
        return text.length() <= MAX_TEXT
                && (bounded == null ? pattern.matcher(text).find() : admits(bounded, text));
    }

    private static boolean admits(BoundedPattern bounded, String text) {
        try {
            return bounded.matches(text);
        } catch (EndlessMatchException _) {
            return false;
        }
    }

    /** Whether few ways to match are there to be tried, so that nobody needs to count. */
    boolean hasFewWays() {
        return bounded == null;
    }

    /** Compiles a regular expression; nothing where it has more than is known here. */
    static Optional<PlainPattern> of(String regex) {
        if (regex.length() > MAX_PATTERN) {
            return Optional.empty();
        }
        Reader reader = new Reader(regex);
        return reader.isWhole()
                ? Optional.of(new PlainPattern(Pattern.compile(reader.java.toString()), reader.choices <= MOST_CHOICES))
                : Optional.empty();
    }

    /** Reads an expression from left to right, and writes what it means in Java's syntax. */
    private static final class Reader {
        private final String regex;
        private final StringBuilder java = new StringBuilder();
        private int at;
        /** Two to the power of it is how many ways to match there may be at most. */
        private int choices;

        private boolean behindGroup;

        Reader(String regex) {
            this.regex = regex;
        }

        boolean isWhole() {
            boolean begins = take('^');
            if (begins) {
                java.append("\\A");
            } else {
                choices += CHOICES_OF_REPETITION;
            }
            boolean ends = regex.endsWith("$") && !regex.endsWith("\\$") && regex.length() > at;
            int end = ends ? regex.length() - 1 : regex.length();
            if (!sequence(end, 0) || at != end) {
                return false;
            }
            if (ends) {
                java.append("\\z");
            }
            return true;
        }

        /** Atoms one after the other, up to the end or to what ends a group's branch. */
        private boolean sequence(int end, int depth) {
            int from = at;
            while (at < end && regex.charAt(at) != ')' && regex.charAt(at) != '|') {
                if (!atom(end, depth) || !quantifier(end)) {
                    return false;
                }
            }
            return at > from;
        }

        private boolean atom(int end, int depth) {
            char c = regex.charAt(at);
            boolean read = switch (c) {
                case '(' -> group(end, depth + 1);
                case '[' -> characterClass(end);
                case '\\' -> escape(end);
                default -> literal(c, LITERALS);
            };
            behindGroup = c == '(';
            return read;
        }

        private boolean group(int end, int depth) {
            if (depth > MAX_DEPTH) {
                return false;
            }
            at += regex.startsWith("(?:", at) ? 3 : 1;
            java.append("(?:");
            do {
                if (!sequence(end, depth)) {
                    return false;
                }
            } while (branch(end));
            return at < end && copy(')');
        }

        private boolean branch(int end) {
            boolean another = at < end && copy('|');
            choices += another ? 1 : 0;
            return another;
        }

        /** Ranges and characters; a hyphen that is none of both stands at one of the ends. */
        private boolean characterClass(int end) {
            copy('[');
            boolean first = true;
            while (at < end && regex.charAt(at) != ']') {
                boolean isLast = at + 1 < end && regex.charAt(at + 1) == ']';
                boolean read = switch (regex.charAt(at)) {
                    case '\\' -> escape(end);
                    case '-' -> (first || isLast) && hyphen();
                    default -> range(end) || (!isRange(end) && literal(regex.charAt(at), CLASS_LITERALS));
                };
                if (!read) {
                    return false;
                }
                first = false;
            }
            return !first && at < end && copy(']');
        }

        private boolean hyphen() {
            java.append('\\');
            return copy('-');
        }

        private boolean isRange(int end) {
            return at + 2 < end && regex.charAt(at + 1) == '-' && regex.charAt(at + 2) != ']';
        }

        private boolean range(int end) {
            if (!isRange(end)) {
                return false;
            }
            char from = regex.charAt(at);
            char to = regex.charAt(at + 2);
            boolean ofOneKind =
                    (isDigit(from) && isDigit(to)) || (isLower(from) && isLower(to)) || (isUpper(from) && isUpper(to));
            if (!ofOneKind || from > to) {
                return false;
            }
            java.append(from).append('-').append(to);
            at += 3;
            return true;
        }

        private boolean escape(int end) {
            if (at + 1 >= end) {
                return false;
            }
            char c = regex.charAt(at + 1);
            if (c != 'd' && c != 'w' && PUNCTUATION.indexOf(c) < 0) {
                return false;
            }
            java.append('\\').append(c);
            at += 2;
            return true;
        }

        private boolean literal(char c, String others) {
            if (!isDigit(c) && !isLower(c) && !isUpper(c) && others.indexOf(c) < 0) {
                return false;
            }
            java.append(c);
            at++;
            return true;
        }

        /** None, or one; two in a row mean another thing in Java. */
        private boolean quantifier(int end) {
            if (at >= end) {
                return true;
            }
            switch (regex.charAt(at)) {
                case '?' -> {
                    choices++;
                    copy('?');
                }
                case '*', '+' -> {
                    choices += repetition();
                    copy(regex.charAt(at));
                }
                case '{' -> {
                    if (!count(end)) {
                        return false;
                    }
                }
                default -> {
                    return true;
                }
            }
            return at >= end || "*+?{".indexOf(regex.charAt(at)) < 0;
        }

        /** {@code {n}}, <code>{n,}</code> or {@code {n,m}}. */
        private boolean count(int end) {
            copy('{');
            int least = number(end);
            int most = least;
            if (at < end && copy(',')) {
                most = at < end && regex.charAt(at) == '}' ? Integer.MAX_VALUE : number(end);
            }
            choices += most > least || behindGroup ? repetition() : 0;
            return least >= 0 && most >= least && at < end && copy('}');
        }

        /** A group that is repeated may find a text in many ways each time. */
        private int repetition() {
            return behindGroup ? MOST_CHOICES + 1 : CHOICES_OF_REPETITION;
        }

        /** At most three digits; less than none where there are none. */
        private int number(int end) {
            int from = at;
            while (at < end && at - from < 3 && isDigit(regex.charAt(at))) {
                at++;
            }
            String digits = regex.substring(from, at);
            java.append(digits);
            return digits.isEmpty() ? -1 : Integer.parseInt(digits);
        }

        private boolean take(char c) {
            boolean there = at < regex.length() && regex.charAt(at) == c;
            at += there ? 1 : 0;
            return there;
        }

        private boolean copy(char c) {
            if (!take(c)) {
                return false;
            }
            java.append(c);
            return true;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isLower(char c) {
            return c >= 'a' && c <= 'z';
        }

        private static boolean isUpper(char c) {
            return c >= 'A' && c <= 'Z';
        }
    }
}

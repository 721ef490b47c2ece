package dev.brr.runtime.document;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * A regular expression whose matching ends.
 *
 * <p>Java's matcher tries one way after the other. For some expressions their number grows with a power of the text's
 * length, as for {@code .*.*.*x}, or by two with each character; the thread would be held for hours, heeding no interrupt,
 * and as many of them as there are processors would hold the service. So each look at a character is counted, which costs
 * the same on each machine, and there may be only so many.
 */
public final class BoundedPattern implements RegularExpression {
    /** Some milliseconds; far more than any expression needs that goes through a text a few times. */
    private static final long LEAST_LOOKS = 1_000_000;

    private static final int LOOKS_A_CHARACTER = 32;
    /** How often a thread is asked whether it is interrupted, in looks. */
    private static final int INTERRUPTS = 0xffff;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Bounds an expression in Java's syntax. */
    public static BoundedPattern of(Pattern pattern) {
        return new BoundedPattern(pattern);
    }

    /** Reads an expression as JSON Schema has them, as far as Java's mean the same (ECMA-262). */
    public static BoundedPattern ofSchema(String regex) {
        String java =
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex));
        return new BoundedPattern(Pattern.compile(java));
    }

    /**
     * Whether a text has a part that matches.
     *
     * @throws EndlessMatchException when it takes too many looks, or too deep a stack, to know
     */
    @Override
    public boolean matches(String text) {
        try {
            return pattern.matcher(new Counted(text)).find();
        } catch (StackOverflowError _) {
            // Java's matcher recurs for each turn of a group.
            throw new EndlessMatchException(pattern.pattern());
        }
    }

    /** Says that nobody knows in time whether a text matches. */
    public static final class EndlessMatchException extends SchemaException {
        private static final long serialVersionUID = 1L;

        private final String pattern;

        EndlessMatchException(String pattern) {
            super("it takes too long to match");
            this.pattern = pattern;
        }

        /** The expression. */
        public String pattern() {
            return pattern;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private final class Counted implements CharSequence {
        private final String text;
        private long left;

        Counted(String text) {
            this.text = text;
            this.left = LEAST_LOOKS + (long) LOOKS_A_CHARACTER * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0
                    || ((left & INTERRUPTS) == 0 && Thread.currentThread().isInterrupted())) {
                throw new EndlessMatchException(pattern.pattern());
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}

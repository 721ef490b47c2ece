package dev.brr.runtime.routing;

import java.util.Comparator;
import java.util.List;

/**
 * A segment of text and parameters in turn, as in <code>{name}.{extension}</code>.
 *
 * @param literals the texts around the parameters, decoded; one more than there are parameters
 */
record MixedPattern(List<String> literals) {
    /**
     * Those with more text before those with less, then with more at the beginning, then at the end, then with more
     * parts, then by the alphabet: the order in which a document names them does not count.
     */
    static final Comparator<MixedPattern> MORE_SPECIFIC = Comparator.comparingInt(MixedPattern::textLength)
            .thenComparingInt(pattern -> pattern.literals.getFirst().length())
            .thenComparingInt(pattern -> pattern.literals.getLast().length())
            .thenComparingInt(pattern -> pattern.literals.size())
            .reversed()
            .thenComparing(pattern -> String.join("{}", pattern.literals));

    private int textLength() {
        return literals.stream().mapToInt(String::length).sum();
    }

    /**
     * Takes the values between the texts, each as short as it can be and never empty.
     *
     * @param segment as it was sent
     * @param values takes the values as they were sent
     */
    boolean match(String segment, List<String> values) {
        int before = values.size();
        if (segment.indexOf('%') < 0) {
            return match(segment, values, segment::substring);
        }
        for (SegmentText text : new SegmentText[] {SegmentText.normalized(segment), SegmentText.plain(segment)}) {
            if (match(text.text(), values, text::sent)) {
                return true;
            }
            values.subList(before, values.size()).clear();
        }
        return false;
    }

    private interface Part {
        String between(int from, int to);
    }

    private boolean match(String text, List<String> values, Part part) {
        String first = literals.getFirst();
        String last = literals.getLast();
        if (text.length() < textLength() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int from = first.length();
        int end = text.length() - last.length();
        for (String literal : literals.subList(1, literals.size() - 1)) {
            int at = text.indexOf(literal, from + 1);
            if (at < 0 || at + literal.length() > end) {
                return false;
            }
            values.add(part.between(from, at));
            from = at + literal.length();
        }
        if (from >= end) {
            return false;
        }
        values.add(part.between(from, end));
        return true;
    }
}

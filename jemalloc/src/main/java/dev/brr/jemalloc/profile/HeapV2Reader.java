package dev.brr.jemalloc.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text that {@code prof.dump} writes. */
final class HeapV2Reader {

    private static final Pattern HEADER = Pattern.compile("heap_v2/([0-9]{1,18})");
    private static final Pattern TOTAL = Pattern.compile(" *t\\*: ([0-9]{1,18}): ([0-9]{1,18}) \\[.*");
    private static final String MAPPINGS = "MAPPED_LIBRARIES:";
    private static final Pattern BLANK = Pattern.compile(" ");

    private final List<String> lines;
    private int at;

    private HeapV2Reader(List<String> lines) {
        this.lines = lines;
    }

    /** Is what reading led to. */
    sealed interface Outcome {
        /** The dump is whole. */
        record Read(HeapSamples samples) implements Outcome {}

        /**
         * It is not.
         *
         * @param line counted from 1
         */
        record Malformed(int line, String message) implements Outcome {}
    }

    static Outcome read(String dump) {
        HeapV2Reader reader = new HeapV2Reader(dump.lines().toList());
        try {
            HeapSamples samples = reader.samples();
            // On a full disk jemalloc writes as much as goes and reports no error.
            return dump.endsWith("\n")
                    ? new Outcome.Read(samples)
                    : new Outcome.Malformed(
                            reader.lines.size(), "the dump ends in the middle of a line; was the disk full?");
        } catch (MalformedException e) {
            return new Outcome.Malformed(Math.min(reader.at + 1, reader.lines.size() + 1), e.expectation);
        }
    }

    private HeapSamples samples() throws MalformedException {
        Matcher header = HEADER.matcher(line());
        if (!header.matches()) {
            throw new MalformedException("a dump begins with heap_v2/ and the mean number of bytes between samples");
        }
        at++;
        total();
        List<HeapSamples.Sample> samples = new ArrayList<>();
        while (at < lines.size() && !line().equals(MAPPINGS)) {
            if (line().startsWith("@")) {
                samples.add(sample());
            } else if (line().isBlank() || line().startsWith("  t")) {
                at++;
            } else {
                throw new MalformedException("a stack begins with @");
            }
        }
        if (at >= lines.size()) {
            throw new MalformedException("the dump ends before " + MAPPINGS);
        }
        return new HeapSamples(Long.parseLong(header.group(1)), samples, lines.subList(at + 1, lines.size()));
    }

    private HeapSamples.Sample sample() throws MalformedException {
        String[] words = BLANK.split(line().substring(1).strip());
        long[] stack = new long[line().length() == 1 ? 0 : words.length];
        for (int i = 0; i < stack.length; i++) {
            stack[i] = word(words[i]);
        }
        at++;
        Matcher total = total();
        return new HeapSamples.Sample(stack, Long.parseLong(total.group(1)), Long.parseLong(total.group(2)));
    }

    private Matcher total() throws MalformedException {
        Matcher total = TOTAL.matcher(line());
        if (!total.matches()) {
            throw new MalformedException("after it comes t*: with objects and bytes");
        }
        at++;
        return total;
    }

    private static long word(String text) throws MalformedException {
        try {
            if (text.startsWith("0x")) {
                return Long.parseUnsignedLong(text.substring(2), 16);
            }
        } catch (NumberFormatException _) {
            // the one message below is for both
        }
        throw new MalformedException("a stack is a list of addresses, not " + text);
    }

    private String line() {
        return at < lines.size() ? lines.get(at) : "";
    }

    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        private final String expectation;

        MalformedException(String expectation) {
            super(expectation);
            this.expectation = expectation;
        }
    }
}

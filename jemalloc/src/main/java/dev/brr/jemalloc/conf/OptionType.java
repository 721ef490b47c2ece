package dev.brr.jemalloc.conf;

import dev.brr.jemalloc.conf.MallocConfProblem.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows which values an option takes.
 *
 * <p>Stricter than jemalloc on purpose: what jemalloc 5.3.0 clips, wraps, abbreviates or ignores without an error
 * ({@code narenas:4294967297} is 1, {@code narenas:010} is 8, {@code thp:a} is {@code always}) is a fault here.
 */
public sealed interface OptionType {

    /** Says why a value is not one of this type. The message goes behind the option's name. */
    record Fault(Reason reason, String message) {}

    /** Returns what is wrong with {@code value}, or empty if jemalloc takes it exactly as written. */
    Optional<Fault> fault(String value);

    private static Optional<Fault> invalid(String message) {
        return Optional.of(new Fault(Reason.INVALID_VALUE, message));
    }

    private static Optional<Fault> outOfRange(String message) {
        return Optional.of(new Fault(Reason.OUT_OF_RANGE, message));
    }

    /** {@code true} or {@code false}, and nothing else: not {@code 1}, not {@code yes}. */
    record Bool() implements OptionType {
        @Override
        public Optional<Fault> fault(String value) {
            return value.equals("true") || value.equals("false")
                    ? Optional.empty()
                    : invalid("\"%s\" is not a boolean; write true or false".formatted(value));
        }
    }

    /** A decimal number from {@code min} to {@code max}, both included; {@code word} may stand in its place. */
    record Whole(long min, long max, Optional<String> word) implements OptionType {
        private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]*");
        private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,9})([kmg])(i?b)?");
        private static final Pattern OCTAL_OR_HEX = Pattern.compile("-?0([0-7]+|x[0-9a-f]+)");

        @Override
        public Optional<Fault> fault(String value) {
            if (word.isPresent() && value.equals(word.get())) {
                return Optional.empty();
            }
            if (!DECIMAL.matcher(value).matches()) {
                return invalid("\"%s\" is not a whole number%s".formatted(value, hint(value)));
            }
            try {
                long number = Long.parseLong(value);
                if (min <= number && number <= max) {
                    return Optional.empty();
                }
            } catch (NumberFormatException beyondLong) {
                return outOfRange(beyond(value));
            }
            return outOfRange(beyond(value));
        }

        private String beyond(String value) {
            return "%s is out of range; jemalloc takes %d to %d%s"
                    .formatted(value, min, max, word.map(w -> " or " + w).orElse(""));
        }

        private static String hint(String value) {
            String lower = value.toLowerCase(Locale.ROOT);
            Matcher unit = WITH_UNIT.matcher(lower);
            if (unit.matches()) {
                int shift = switch (unit.group(2)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    default -> 30;
                };
                return "; jemalloc knows no units, write " + (Long.parseLong(unit.group(1)) << shift);
            }
            if (OCTAL_OR_HEX.matcher(lower).matches()) {
                try {
                    return "; jemalloc would read %d, write that".formatted(Long.decode(lower));
                } catch (NumberFormatException beyondLong) {
                    return "";
                }
            }
            return value.isBlank() || value.strip().equals(value) ? "" : "; remove the blank";
        }
    }

    /** One of a few words, written in full. */
    record Words(List<String> words) implements OptionType {
        public Words {
            words = List.copyOf(words);
        }

        @Override
        public Optional<Fault> fault(String value) {
            return words.contains(value)
                    ? Optional.empty()
                    : invalid("\"%s\" is not one of %s".formatted(value, String.join(", ", words)));
        }
    }

    /** A fixed-point decimal such as {@code 0.25}, from 0 to {@code max}. */
    record Ratio(int max) implements OptionType {
        private static final Pattern FIXED_POINT = Pattern.compile("(0|[1-9][0-9]{0,4})?(\\.[0-9]{1,14})?");

        @Override
        public Optional<Fault> fault(String value) {
            if (value.isEmpty() || !FIXED_POINT.matcher(value).matches()) {
                return invalid("\"%s\" is not a decimal fraction such as 0.25".formatted(value));
            }
            return Double.parseDouble(value) <= max
                    ? Optional.empty()
                    : outOfRange("%s is out of range; it goes from 0 to %d".formatted(value, max));
        }
    }

    /** A set of one-letter switches, each at most once. */
    record Letters(String letters) implements OptionType {
        @Override
        public Optional<Fault> fault(String value) {
            List<String> strange = new ArrayList<>();
            for (int i = 0; i < value.length(); i++) {
                char letter = value.charAt(i);
                if (letters.indexOf(letter) < 0 || value.indexOf(letter) < i) {
                    strange.add("'" + letter + "'");
                }
            }
            return strange.isEmpty()
                    ? Optional.empty()
                    : invalid("%s not expected in \"%s\"; each of the letters %s may stand once"
                            .formatted(String.join(", ", strange), value, letters));
        }
    }

    /**
     * Groups {@code FIRST-LAST:COUNT} of sizes in bytes, separated by {@code |}; {@code word} may stand in their place.
     *
     * @param counted what there are so many of, which decides the sizes a group speaks of and the counts they take
     */
    record SizeGroups(SizeClasses counted, Optional<String> word) implements OptionType {
        private static final Pattern GROUP = Pattern.compile("([1-9][0-9]{0,8})-([1-9][0-9]{0,8}):([1-9][0-9]{0,8})");

        @Override
        public Optional<Fault> fault(String value) {
            if (word.isPresent() && value.equals(word.get())) {
                return Optional.empty();
            }
            Set<Long> seen = new HashSet<>();
            for (String part : value.split("\\|", -1)) {
                Matcher group = GROUP.matcher(part);
                if (!group.matches()) {
                    return invalid("\"%s\" is not FIRST-LAST:COUNT, as in 4096-8192:8|14336-14336:16".formatted(part));
                }
                Optional<String> problem = counted.problem(
                        Long.parseLong(group.group(1)),
                        Long.parseLong(group.group(2)),
                        Long.parseLong(group.group(3)),
                        seen);
                if (problem.isPresent()) {
                    return outOfRange(part + " is out of range; " + problem.get());
                }
            }
            return Optional.empty();
        }
    }

    /** Printable ASCII without a comma, at most {@code maxLength} characters; jemalloc would cut the rest off. */
    record Text(int maxLength) implements OptionType {
        private static final Pattern PRINTABLE = Pattern.compile("[ -+\\--~]*");

        @Override
        public Optional<Fault> fault(String value) {
            if (!PRINTABLE.matcher(value).matches()) {
                return invalid("only printable ASCII without a comma can stand here");
            }
            return value.length() <= maxLength
                    ? Optional.empty()
                    : outOfRange("longer than the %d characters jemalloc keeps".formatted(maxLength));
        }
    }
}

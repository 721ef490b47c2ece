package dev.brr.runtime.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the text of a setting.
 *
 * @param expectation what the text has to be, as the end of a sentence
 * @param sign what stands for the value in a list of flags
 * @param reading gives the value; nothing when the text is none
 * @param writing gives the text of a value
 */
record ValueType<T>(
        String expectation, String sign, Function<String, Optional<T>> reading, Function<T, String> writing) {

    static final ValueType<Boolean> ON_OFF =
            new ValueType<>("on or off", "on|off", ValueType::onOff, value -> value ? "on" : "off");

    static final ValueType<String> TEXT =
            new ValueType<>("a text that is not empty", "TEXT", ValueType::notBlank, Function.identity());

    static final ValueType<Path> FILE = new ValueType<>("the name of a file", "FILE", ValueType::file, Path::toString);

    static final ValueType<Path> FOLDER =
            new ValueType<>("the name of a folder", "FOLDER", ValueType::file, Path::toString);

    static final ValueType<Integer> PORT =
            whole(0, 65535).map("a whole number from 0 to 65535", Long::intValue, Integer::longValue);

    /** Whole numbers in a range, both ends included. */
    static ValueType<Long> whole(long least, long most) {
        return new ValueType<>(
                "a whole number from " + least + " to " + most,
                "N",
                text -> whole(text).filter(number -> number >= least && number <= most),
                String::valueOf);
    }

    /** Whole numbers that an int holds. */
    static ValueType<Integer> count(int least, int most) {
        ValueType<Long> wide = whole(least, most);
        return wide.map(wide.expectation(), Long::intValue, Integer::longValue);
    }

    /** Whole seconds. */
    static ValueType<Duration> seconds(long least, long most) {
        ValueType<Long> number = whole(least, most);
        return number.map(number.expectation(), Duration::ofSeconds, Duration::toSeconds);
    }

    /** One of the constants of an enum, in lower case and with hyphens. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        Function<E, String> name =
                constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String names = Arrays.stream(type.getEnumConstants()).map(name).collect(Collectors.joining("|"));
        return new ValueType<>(
                "one of " + names.replace("|", ", "),
                names,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> name.apply(constant).equals(text.strip()))
                        .findFirst(),
                name);
    }

    /** A type over the values of this one; {@code to} gives null for a value that it does not take. */
    <U> ValueType<U> map(String newExpectation, Function<T, U> to, Function<U, T> from) {
        return new ValueType<>(
                newExpectation,
                sign,
                text -> reading.apply(text).flatMap(value -> Optional.ofNullable(to.apply(value))),
                value -> writing.apply(from.apply(value)));
    }

    /** The same values under another sign. */
    ValueType<T> shownAs(String newSign) {
        return new ValueType<>(expectation, newSign, reading, writing);
    }

    private static Optional<Long> whole(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> onOff(String text) {
        return switch (text.strip()) {
            case "on", "true" -> Optional.of(true);
            case "off", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<String> notBlank(String text) {
        return Optional.of(text).filter(value -> !value.isBlank());
    }

    private static Optional<Path> file(String text) {
        try {
            return notBlank(text).map(Path::of);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}

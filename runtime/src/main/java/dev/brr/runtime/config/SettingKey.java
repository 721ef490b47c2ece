package dev.brr.runtime.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names one setting in each place that it may be given, and says what it means.
 *
 * <p>A name may hold one part in angle brackets, as in {@code security.apiKeyFiles.<scheme>}: then there is a setting for
 * each name that is put there. Its variables end in {@code <scheme>} too, and its flag takes {@code scheme=value}.
 *
 * @param name its place in the file, parts joined by dots; empty when it may not stand there
 * @param flags the flag and its older names; empty when it has none
 * @param variables the environment variables, the first that is set counts
 * @param type what it may be
 * @param many whether it may be given several times, and by several sources' own lists
 * @param whenAbsent its default; null when it has none
 * @param meaning what it does, in a phrase
 */
record SettingKey<T>(
        String name,
        List<String> flags,
        List<String> variables,
        ValueType<T> type,
        Many many,
        @Nullable T whenAbsent,
        String meaning) {

    /** How often a setting may be given in one source. */
    enum Many {
        ONE,
        /** Several, separated by commas where one text has to hold them. */
        LIST,
        /** Several in flags, never separated: the values may hold any character. */
        REPEATED
    }

    /** A setting that is known everywhere: {@code a.bC} as {@code --b-c} and {@code BRR_B_C}. */
    static <T> SettingKey<T> of(String name, String flag, ValueType<T> type, @Nullable T whenAbsent, String meaning) {
        String variable = "BRR_" + flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        return new SettingKey<>(name, List.of(flag), List.of(variable), type, Many.ONE, whenAbsent, meaning);
    }

    SettingKey<T> withVariables(String... names) {
        return new SettingKey<>(name, flags, List.of(names), type, many, whenAbsent, meaning);
    }

    SettingKey<T> withFlags(String... names) {
        return new SettingKey<>(name, List.of(names), variables, type, many, whenAbsent, meaning);
    }

    /** Whether its flag may stand alone, which means on. */
    boolean isSwitch() {
        return type.sign().equals(ValueType.ON_OFF.sign());
    }

    /** The same setting as a list. */
    SettingKey<T> asList() {
        return new SettingKey<>(name, flags, variables, type, Many.LIST, whenAbsent, meaning);
    }

    /** The same setting, given again for each further value. */
    SettingKey<T> repeated() {
        return new SettingKey<>(name, flags, variables, type, Many.REPEATED, whenAbsent, meaning);
    }

    /** Whether there is one for each of some names. */
    boolean isFamily() {
        return name.indexOf('<') >= 0 || variables.stream().anyMatch(variable -> variable.indexOf('<') >= 0);
    }

    /** What the name of a member is put for in a name of this family; nothing when the text is none of its members. */
    static Optional<String> member(String pattern, String text) {
        int open = pattern.indexOf('<');
        int close = pattern.indexOf('>');
        if (open < 0) {
            return Optional.empty();
        }
        String before = pattern.substring(0, open);
        String after = pattern.substring(close + 1);
        boolean fits =
                text.length() >= before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
        return fits ? Optional.of(text.substring(before.length(), text.length() - after.length())) : Optional.empty();
    }

    /** Splits a text that has to hold a list. */
    List<String> split(String text) {
        return many == Many.LIST
                ? Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList()
                : List.of(text);
    }

    /** The first of its names that a person would use, for a message about its absence. */
    String shortName() {
        return flags.isEmpty() ? name.isEmpty() ? variables.getFirst() : name : flags.getFirst();
    }

    /** The default as one would write it; nothing without one. */
    Optional<String> defaultText() {
        return Optional.ofNullable(whenAbsent).map(type.writing());
    }
}

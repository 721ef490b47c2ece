package dev.brr.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of all sources, the first of which goes before the others; collects what is wrong with them. */
final class SettingValues {
    private final List<SettingSource> sources;
    private final List<String> mistakes;

    SettingValues(List<SettingSource> sources, List<String> mistakes) {
        this.sources = List.copyOf(sources);
        this.mistakes = mistakes;
    }

    /** Notes a mistake; {@code source} is the flag, the variable, or file and line. */
    void mistake(String source, String message) {
        mistakes.add(source + ": " + message);
    }

    /** Gives what the first source that knows of a setting says. */
    Optional<Given> given(SettingKey<?> key) {
        return sources.stream().flatMap(source -> source.find(key).stream()).findFirst();
    }

    /** Whether no source speaks of a setting, not even by its name without a value. */
    boolean isAbsent(SettingKey<?> key) {
        return given(key).isEmpty() && sources.stream().noneMatch(source -> source.isUnfinished(key));
    }

    /** Gives a setting's value; nothing when no source has one that can be read. */
    <T> Optional<T> find(SettingKey<T> key) {
        return given(key)
                .flatMap(given -> read(key, given.source(), given.texts().getFirst()));
    }

    /** Gives the value of a setting that has a default. */
    <T> T get(SettingKey<T> key) {
        return find(key).orElseGet(() -> Objects.requireNonNull(key.whenAbsent(), key::shortName));
    }

    /** Gives all values of a list. */
    <T> List<T> list(SettingKey<T> key) {
        List<T> values = new ArrayList<>();
        given(key)
                .ifPresent(given -> given.texts()
                        .forEach(text -> read(key, given.source(), text).ifPresent(values::add)));
        return values;
    }

    /** Gives the members of a family by name; for each member the first source counts that has it. */
    Map<String, Given> each(SettingKey<?> family) {
        Map<String, Given> members = new TreeMap<>();
        for (SettingSource source : sources) {
            source.findEach(family).forEach(members::putIfAbsent);
        }
        members.entrySet().removeIf(member -> {
            boolean nameless = member.getKey().isEmpty();
            if (nameless) {
                mistake(member.getValue().source(), "names no scheme");
            }
            return nameless;
        });
        return members;
    }

    /** Gives the values of a family by the name of its members. */
    <T> Map<String, T> map(SettingKey<T> family) {
        Map<String, T> values = new TreeMap<>();
        each(family)
                .forEach((name, given) -> read(family, given.source(), String.join(",", given.texts()))
                        .ifPresent(value -> values.put(name, value)));
        return values;
    }

    private <T> Optional<T> read(SettingKey<T> key, String source, String text) {
        Optional<T> value = key.type().reading().apply(text);
        if (value.isEmpty()) {
            mistake(source, "has to be " + key.type().expectation() + (text.isBlank() ? "" : ", not " + text));
        }
        return value;
    }
}

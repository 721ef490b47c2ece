package dev.brr.runtime.config;

import dev.brr.runtime.spelling.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The settings on the command line: {@code --flag value} or {@code --flag=value}. */
final class FlagSource implements SettingSource {
    private final Map<String, SettingKey<?>> byFlag = new LinkedHashMap<>();
    // Each key is there once. To hash a record costs a start ten milliseconds: its hashCode is compiled when it is
    // first used.
    private final Map<SettingKey<?>, List<String>> given = new IdentityHashMap<>();
    private final Map<SettingKey<?>, String> usedFlag = new IdentityHashMap<>();
    private final Set<String> unfinished = new HashSet<>();

    private FlagSource(List<SettingKey<?>> keys) {
        keys.forEach(key -> key.flags().forEach(flag -> byFlag.put(flag, key)));
    }

    /** Reads a command line; {@code mistakes} takes what is wrong with it. */
    static FlagSource of(List<String> arguments, List<SettingKey<?>> keys, Consumer<String> mistakes) {
        FlagSource source = new FlagSource(keys);
        int at = 0;
        while (at < arguments.size()) {
            at = source.read(arguments, at, mistakes);
        }
        return source;
    }

    /** Reads the argument at an index and its value; gives the index of the next. */
    private int read(List<String> arguments, int at, Consumer<String> mistakes) {
        String argument = arguments.get(at);
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String flag = equals < 0 ? argument : argument.substring(0, equals);
        SettingKey<?> key = byFlag.get(flag);
        if (key == null) {
            mistakes.accept(unknown(flag));
            return at + 1;
        }
        if (equals >= 0) {
            add(key, flag, argument.substring(equals + 1), mistakes);
            return at + 1;
        }
        boolean last = at + 1 == arguments.size();
        if (key.isSwitch() && (last || arguments.get(at + 1).startsWith("--"))) {
            add(key, flag, "on", mistakes);
            return at + 1;
        }
        if (last) {
            unfinished.add(flag);
            mistakes.accept(flag + ": needs a value");
            return at + 1;
        }
        add(key, flag, arguments.get(at + 1), mistakes);
        return at + 2;
    }

    private String unknown(String flag) {
        String name = flag.startsWith("-") ? flag : "an argument";
        return name + ": is not known; "
                + Spelling.nearest(flag, byFlag.keySet(), 2)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElseGet(() -> "the flags are " + String.join(", ", byFlag.keySet()));
    }

    private void add(SettingKey<?> key, String flag, String value, Consumer<String> mistakes) {
        List<String> values = given.computeIfAbsent(key, _ -> new ArrayList<>());
        if (key.isFamily()) {
            String member = member(value);
            if (values.stream().anyMatch(other -> member(other).equals(member))) {
                mistakes.accept(flag + ": is given twice for " + member
                        + (key.many() == SettingKey.Many.LIST ? "; separate its values by commas" : ""));
                return;
            }
        } else if (!values.isEmpty() && key.many() == SettingKey.Many.ONE) {
            mistakes.accept(flag + ": is given twice");
            return;
        }
        usedFlag.putIfAbsent(key, flag);
        values.add(value);
    }

    private static String member(String value) {
        return value.substring(0, Math.max(0, value.indexOf('=')));
    }

    @Override
    public boolean isUnfinished(SettingKey<?> key) {
        return key.flags().stream().anyMatch(unfinished::contains);
    }

    @Override
    public Optional<Given> find(SettingKey<?> key) {
        List<String> values = given.get(key);
        if (values == null) {
            return Optional.empty();
        }
        List<String> texts =
                values.stream().flatMap(value -> key.split(value).stream()).toList();
        return Optional.of(new Given(usedFlag.getOrDefault(key, key.shortName()), texts));
    }

    @Override
    public Map<String, Given> findEach(SettingKey<?> family) {
        Map<String, Given> members = new LinkedHashMap<>();
        String flag = usedFlag.getOrDefault(family, "");
        for (String value : given.getOrDefault(family, List.of())) {
            String text = value.substring(value.indexOf('=') + 1);
            members.put(member(value), new Given(flag, family.split(text)));
        }
        return members;
    }
}

package dev.brr.runtime.config;

import dev.brr.runtime.spelling.Spelling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The settings in environment variables. An empty variable says nothing. */
final class EnvironmentSource implements SettingSource {
    /** Beside a Kubernetes Service named brr there is a BRR_PORT=tcp://..., which is none of ours. */
    private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> environment;

    EnvironmentSource(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Says which variables are slips of the pen. Others that begin like ours may belong to a handler or to the tools
     * around, so only a name that is one slip away from one of ours is refused.
     */
    void check(List<SettingKey<?>> keys, Consumer<String> mistakes) {
        Set<String> known = new LinkedHashSet<>();
        keys.forEach(key -> known.addAll(key.variables()));
        new TreeMap<>(environment).forEach((name, value) -> {
            boolean ours = known.stream().anyMatch(pattern -> isNamed(name, pattern));
            if (name.startsWith("BRR_") && !ours && !SERVICE_LINK.matcher(value).matches()) {
                Spelling.nearest(asPattern(name), known, 1)
                        .ifPresent(nearest -> mistakes.accept(name + ": is not known; did you mean " + nearest + "?"));
            }
        });
    }

    /** Whatever scheme a name of a family is for, it is compared by what stands before. */
    private static String asPattern(String name) {
        int member = name.indexOf("__");
        return member < 0 ? name : name.substring(0, member) + "__<scheme>";
    }

    private static boolean isNamed(String name, String pattern) {
        return name.equals(pattern) || SettingKey.member(pattern, name).isPresent();
    }

    @Override
    public Optional<Given> find(SettingKey<?> key) {
        for (String name : key.variables()) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty() && !SERVICE_LINK.matcher(value).matches()) {
                return Optional.of(new Given(name, key.split(value)));
            }
        }
        return Optional.empty();
    }

    /** An empty variable of a family is a mistake of its own: somebody meant to give that member a value. */
    @Override
    public Map<String, Given> findEach(SettingKey<?> family) {
        Map<String, Given> members = new TreeMap<>();
        for (String pattern : family.variables()) {
            new TreeMap<>(environment)
                    .forEach((name, value) -> SettingKey.member(pattern, name)
                            .ifPresent(member -> members.putIfAbsent(member, Given.of(name, value))));
        }
        return members;
    }
}

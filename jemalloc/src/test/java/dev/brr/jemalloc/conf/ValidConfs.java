package dev.brr.jemalloc.conf;

import dev.brr.jemalloc.conf.MallocConf.Parsed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Makes confs that we take, out of the whole table of options. */
final class ValidConfs {

    private static final int MOST_OPTIONS = 12;

    /** Options without which many others have no effect; each conf begins with some of them, or none. */
    private static final List<Map<String, String>> SWITCHES = List.of(
            Map.of(),
            Map.of("prof", "true"),
            Map.of("prof", "true", "prof_active", "false"),
            Map.of("stats_print", "true"));

    /** Makes confs of up to a dozen options, in any order; what would contradict another is left out. */
    static Arbitrary<MallocConf> confs() {
        Arbitrary<List<Map.Entry<String, String>>> settings = Arbitraries.of(MallocOption.all())
                .flatMap(ValidConfs::setting)
                .list()
                .ofMaxSize(MOST_OPTIONS)
                .uniqueElements(Map.Entry::getKey);
        return Combinators.combine(Arbitraries.of(SWITCHES), settings).as((switches, chosen) -> {
            Map<String, String> options = new LinkedHashMap<>(new TreeMap<>(switches));
            chosen.forEach(setting -> options.putIfAbsent(setting.getKey(), setting.getValue()));
            return withoutProblems(options);
        });
    }

    private static MallocConf withoutProblems(Map<String, String> options) {
        return switch (MallocConf.of(options)) {
            case Parsed.Valid(MallocConf conf) -> conf;
            case Parsed.Invalid(List<MallocConfProblem> problems) -> {
                problems.forEach(problem -> options.remove(problem.option()));
                yield withoutProblems(options);
            }
        };
    }

    private ValidConfs() {}

    private static Arbitrary<Map.Entry<String, String>> setting(MallocOption option) {
        return Combinators.combine(Arbitraries.just(option.name()), values(option.type()))
                .as(Map::entry);
    }

    /** Makes values that a type takes. */
    static Arbitrary<String> values(OptionType type) {
        return switch (type) {
            case OptionType.Bool() -> Arbitraries.of("true", "false");
            case OptionType.Whole(long min, long max, Optional<String> _) ->
                Arbitraries.longs().between(min, max).map(String::valueOf);
            case OptionType.Words(List<String> words) -> Arbitraries.of(words);
            case OptionType.Ratio(int max) ->
                Arbitraries.integers()
                        .between(0, max * 100)
                        .map(hundredths -> "%d.%02d".formatted(hundredths / 100, hundredths % 100));
            case OptionType.Letters(String letters) ->
                Arbitraries.of(letters.chars().mapToObj(Character::toString).toList())
                        .list()
                        .uniqueElements()
                        .map(chosen -> String.join("", chosen));
            case OptionType.SizeGroups(SizeClasses counted, Optional<String> _) ->
                Arbitraries.of(counted.spokenOf(1, 14336))
                        .flatMap(size -> Arbitraries.longs()
                                .between(counted.least(size), counted.most(size))
                                .map(count -> "%d-%d:%d".formatted(size, size, count)));
            case OptionType.Text(int _) ->
                Arbitraries.strings().withChars("abc/._-: 0").ofMaxLength(20);
        };
    }
}

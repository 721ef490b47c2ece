package dev.brr.jemalloc.conf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.RealJemalloc;
import dev.brr.jemalloc.RealJemalloc.Outcome;
import dev.brr.jemalloc.conf.MallocConf.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.junit.jupiter.api.Test;

/** Asks the library itself for what the grammar might have overlooked: names that it takes, and slips of the pen. */
class MallocConfMutationsTest {

    private static final int MUTATIONS = Integer.getInteger("mutations", 150);
    private static final String ASK = "abort_conf:true,stats_print:true,stats_print_opts:mdablxeh,";
    private static final Pattern SHOWN = Pattern.compile("opt\\.([a-z_]+): (?:\"([^\"]*)\"|([^\\s\"]+))");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_]{2,}");

    @Test
    void everyWordInTheLibraryThatItTakesForAnOptionIsInTheTable() throws IOException {
        // given
        List<String> words = words(library());

        // when
        List<Outcome> outcomes = RealJemalloc.start(
                words.stream().map(word -> "abort_conf:true," + word + ":true").toList());

        // then
        Set<String> taken = new TreeSet<>();
        for (int i = 0; i < words.size(); i++) {
            if (!outcomes.get(i).printed().contains("Invalid conf pair")) {
                taken.add(words.get(i));
            }
        }
        assertThat(taken).contains("slab_sizes", "prof_unbias", "narenas_ratio");
        assertThat(taken).allSatisfy(word -> assertThat(known(word)).as(word).isTrue());
    }

    @Test
    void aConfWithASlipThatWeTakeIsInEffectAsItStands() {
        // given
        List<String> confs = mutated()
                .sampleStream()
                .filter(text -> MallocConf.parse(text) instanceof Parsed.Valid)
                .distinct()
                .limit(MUTATIONS)
                .toList();

        // when
        List<Outcome> outcomes =
                RealJemalloc.start(confs.stream().map(conf -> ASK + conf).toList());

        // then
        for (int i = 0; i < confs.size(); i++) {
            Outcome outcome = outcomes.get(i);
            assertThat(outcome.exit()).as("%s", outcome).isZero();
            assertThat(notInEffect(confs.get(i), outcome.printed()))
                    .as(confs.get(i))
                    .isEmpty();
        }
    }

    @Test
    void theComparisonWouldSeeWhatIsNotInEffect() {
        // given
        Outcome outcome = RealJemalloc.start(ASK + "tcache_nslots_small_max:60");

        // then
        assertThat(notInEffect("tcache_nslots_small_max:60", outcome.printed())).isEmpty();
        assertThat(notInEffect("tcache_nslots_small_max:62", outcome.printed()))
                .containsExactly("tcache_nslots_small_max is 60, not 62");
    }

    /** Compares what was asked for with what the statistics show; options that they do not show are passed over. */
    private static List<String> notInEffect(String conf, String printed) {
        Map<String, String> effective = new HashMap<>();
        SHOWN.matcher(printed)
                .results()
                .forEach(found ->
                        effective.put(found.group(1), found.group(2) == null ? found.group(3) : found.group(2)));
        assertThat(effective).hasSizeGreaterThan(40);
        return switch (MallocConf.parse(conf)) {
            case Parsed.Valid(MallocConf requested) ->
                TuningCheck.compare(requested, effective).stream()
                        .filter(mismatch -> mismatch.effective() != null)
                        .map(Object::toString)
                        .toList();
            case Parsed.Invalid(List<MallocConfProblem> problems) -> throw new AssertionError(problems);
        };
    }

    /** Makes confs in which one letter is another, too many, missing or doubled; most of them are refused. */
    private static Arbitrary<String> mutated() {
        Arbitrary<String> confs = ValidConfs.confs()
                .map(MallocConf::render)
                .filter(conf -> !conf.isEmpty() && !conf.contains("stats_print") && !conf.contains("confirm_conf"));
        return Combinators.combine(
                        confs,
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.of("", "0", "1", "9", "-", ".", " ", ",", ":", "_", "true", "k"),
                        Arbitraries.integers().between(0, 1))
                .as((conf, where, letters, removed) -> {
                    int place = (int) (where * (conf.length() - 1));
                    return conf.substring(0, place) + letters + conf.substring(place + removed);
                });
    }

    /** The beginning of a name is taken for the name by 5.3.0, where it compares as many letters as were written. */
    private static boolean known(String word) {
        return MallocOption.all().stream().anyMatch(option -> option.name().startsWith(word));
    }

    private static List<String> words(Path library) throws IOException {
        String text = new String(Files.readAllBytes(library), ISO_8859_1);
        return Stream.of(text.split("[^ -~]+"))
                .filter(word -> WORD.matcher(word).matches())
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    private static Path library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("libjemalloc.so.2"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("apt-get install libjemalloc2"));
        }
    }
}

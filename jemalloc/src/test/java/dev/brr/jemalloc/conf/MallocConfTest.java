package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.brr.jemalloc.conf.MallocConf.Parsed;
import dev.brr.jemalloc.conf.MallocConfProblem.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MallocConfTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abort_conf:true",
                "narenas:default",
                "narenas:1,dirty_decay_ms:-1,muzzy_decay_ms:0",
                "abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0",
                "prof:true,prof_active:false",
                "prof_active:false,prof:true",
                "prof:true,prof_prefix:/profiles/heap:a b",
                "prof:false,prof_active:false,prof_final:false",
                "thp:never,metadata_thp:auto,percpu_arena:disabled",
                "hpa:false",
                "bin_shards:1-160:16|161-512:8,slab_sizes:default",
                "stats_print:true,stats_print_opts:Jmdablxe",
                "stats_interval:-1",
                "junk:free,zero:true,zero_realloc:free",
                "tcache:true,lg_tcache_max:12,lg_tcache_nslots_mul:-1",
                "tcache:false",
                "narenas_ratio:2.5",
                "narenas:default,narenas_ratio:2.5",
                "confirm_conf:true,abort:true"
            })
    void takesAndRendersTheSameText(String text) {
        assertThat(valid(text).render()).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dirty_decay_msx:1000        | 0  | UNKNOWN_OPTION   | dirty_decay_msx: no such option of jemalloc 5.3; did you mean dirty_decay_ms?
            foo:1                       | 0  | UNKNOWN_OPTION   | foo: no such option of jemalloc 5.3
            experimental_foo:1          | 0  | UNKNOWN_OPTION   | experimental_foo: no such option of jemalloc 5.3
            zero:true,tchp:never        | 10 | UNKNOWN_OPTION   | tchp: no such option of jemalloc 5.3; did you mean thp?
            th:never                    | 0  | UNKNOWN_OPTION   | th: no such option of jemalloc 5.3; did you mean thp?
            Narenas:1                   | 0  | UNKNOWN_OPTION   | Narenas: no such option of jemalloc 5.3; did you mean narenas?
            narenas:1,narenas:2         | 10 | DUPLICATE_OPTION | narenas: is there twice; jemalloc would take the last
            narenas:1,zero:true,narenas:1 | 20 | DUPLICATE_OPTION | narenas: is there twice; jemalloc would take the last
            background_thread:yes       | 18 | INVALID_VALUE    | background_thread: "yes" is not a boolean; write true or false
            background_thread:          | 18 | INVALID_VALUE    | background_thread: "" is not a boolean; write true or false
            dirty_decay_ms: 1000        | 15 | INVALID_VALUE    | dirty_decay_ms: " 1000" is not a whole number; remove the blank
            dirty_decay_ms:1000 ,zero:true | 15 | INVALID_VALUE | dirty_decay_ms: "1000 " is not a whole number; remove the blank
            tcache_max:8M               | 11 | INVALID_VALUE    | tcache_max: "8M" is not a whole number; jemalloc knows no units, write 8388608
            zero:true,thp:on            | 14 | INVALID_VALUE    | thp: "on" is not one of default, always, never
            zero_realloc:strange        | 13 | INVALID_VALUE    | zero_realloc: "strange" is not one of alloc, free, abort
            stats_print:true,stats_print_opts:Q | 34 | INVALID_VALUE | stats_print_opts: 'Q' not expected in "Q"; each of the letters Jgmdablxeh may stand once
            narenas:0                   | 8  | OUT_OF_RANGE     | narenas: 0 is out of range; jemalloc takes 1 to 4094 or default
            narenas:-1                  | 8  | OUT_OF_RANGE     | narenas: -1 is out of range; jemalloc takes 1 to 4094 or default
            narenas:4294967297          | 8  | OUT_OF_RANGE     | narenas: 4294967297 is out of range; jemalloc takes 1 to 4094 or default
            dirty_decay_ms:-2           | 15 | OUT_OF_RANGE     | dirty_decay_ms: -2 is out of range; jemalloc takes -1 to 18446744072000
            tcache_max:8388609          | 11 | OUT_OF_RANGE     | tcache_max: 8388609 is out of range; jemalloc takes 0 to 8388608
            prof:true,lg_prof_sample:64 | 25 | OUT_OF_RANGE     | lg_prof_sample: 64 is out of range; jemalloc takes 0 to 63
            zero                        | 0  | MALFORMED        | zero: a colon and a value are missing
            zero:true,                  | 10 | MALFORMED        | the text ends with a comma; jemalloc ignores everything behind such a place
            ,zero:true                  | 0  | MALFORMED        | an option is missing before a comma; jemalloc ignores everything behind such a place
            zero:true,,abort:true       | 10 | MALFORMED        | an option is missing before a comma; jemalloc ignores everything behind such a place
            :true                       | 0  | MALFORMED        | "" cannot be an option's name; only letters, digits and _ can
            a;b:1                       | 0  | MALFORMED        | "a;b" cannot be an option's name; only letters, digits and _ can
            zero:true, abort:true       | 10 | MALFORMED        | " abort" cannot be an option's name; only letters, digits and _ can; remove the blank
            abort_conf:false            | 0  | REFUSED          | abort_conf:false is refused: without it jemalloc ignores a mistake in its options instead of refusing to start
            prof:true,prof_final:true   | 10 | REFUSED          | prof_final:true is refused: it writes files into the working directory of the service and of every process it starts
            prof:true,lg_prof_interval:30 | 10 | REFUSED        | lg_prof_interval:30 is refused: it writes files into the working directory of the service and of every process it starts
            prof:true,prof_leak_error:true | 10 | REFUSED       | prof_leak_error:true is refused: it makes the service exit with an error whenever anything is still allocated
            zero_realloc:abort          | 0  | REFUSED          | zero_realloc:abort is refused: it kills the service at the first realloc of a size of 0
            hpa:true                    | 0  | REFUSED          | hpa:true is refused: the huge page allocator of 5.3.0 is experimental; some settings of it make a process spin for ever
            hpa_dirty_mult:-1           | 0  | REFUSED          | hpa_dirty_mult:-1 is refused: the huge page allocator of 5.3.0 is experimental; some settings of it make a process spin for ever
            stats_interval:1000         | 0  | REFUSED          | stats_interval:1000 is refused: allocations would wait while all statistics are printed to stderr; the metrics have them
            cache_oblivious:maybe       | 0  | REFUSED          | cache_oblivious:maybe is refused: jemalloc 5.3.0 documents it but takes it from no MALLOC_CONF
            cache_oblivious:true        | 0  | REFUSED          | cache_oblivious:true is refused: jemalloc 5.3.0 documents it but takes it from no MALLOC_CONF
            xmalloc:true                | 0  | REFUSED          | xmalloc:true is refused: Debian's libjemalloc2 5.3.0 is built without it and would not start
            prof:false,prof_active:true | 11 | CONTRADICTION    | prof_active:true has no effect without prof:true
            narenas:2,narenas_ratio:4   | 10 | CONTRADICTION    | narenas_ratio:4 sets the same as narenas; keep one of them
            """)
    void refusesWithTheOneReasonAndPlace(String text, int position, Reason reason, String message) {
        assertThat(problems(text)).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.reason()).isEqualTo(reason);
            assertThat(problem.position()).isEqualTo(position);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            narenas:2,abort_conf:true             | abort_conf:true,narenas:2
            narenas:2,abort_conf:true,zero:false  | abort_conf:true,narenas:2,zero:false
            abort_conf:true,narenas:2             | abort_conf:true,narenas:2
            abort_conf:true                       | abort_conf:true
            narenas:2,zero:false                  | narenas:2,zero:false
            """)
    void abortConfGoesToTheFrontWhereverItWasWritten(String text, String rendered) {
        // when
        MallocConf conf = valid(text);

        // then
        assertThat(conf.render()).isEqualTo(rendered);
        assertThat(conf).isEqualTo(valid(rendered)).hasSameHashCodeAs(valid(rendered));
        assertThat(String.join(",", conf.options().keySet())).isEqualTo(rendered.replaceAll(":[^,]*", ""));
    }

    @Test
    void abortConfThatIsAddedGoesToTheFront() {
        // when
        MallocConf conf = valid("narenas:2").with("abort_conf", "true");

        // then
        assertThat(conf.render()).isEqualTo("abort_conf:true,narenas:2");
    }

    @Test
    void findsEveryProblemInTheOrderOfTheText() {
        // given
        String text = "prof:tru,,narenas:0,a;b:1,tcache_max:8M,zero:true,zero:true,prof_final:true";

        // when
        List<MallocConfProblem> problems = problems(text);

        // then
        assertThat(problems)
                .extracting(MallocConfProblem::option, MallocConfProblem::position, MallocConfProblem::reason)
                .containsExactly(
                        tuple("prof", 5, Reason.INVALID_VALUE),
                        tuple("", 9, Reason.MALFORMED),
                        tuple("narenas", 18, Reason.OUT_OF_RANGE),
                        tuple("a;b", 20, Reason.MALFORMED),
                        tuple("tcache_max", 37, Reason.INVALID_VALUE),
                        tuple("zero", 50, Reason.DUPLICATE_OPTION),
                        tuple("prof_final", 60, Reason.REFUSED));
    }

    @Test
    void aProblemSaysWhereItIsCountedFromOne() {
        assertThat(problems("zero:true,foo:1").getFirst()).hasToString("at 11: foo: no such option of jemalloc 5.3");
    }

    @Test
    void aProblemOfAMapHasNoPlace() {
        // when
        Parsed parsed = MallocConf.of(Map.of("foo", "1"));

        // then
        assertThat(parsed)
                .asInstanceOf(type(Parsed.Invalid.class))
                .extracting(Parsed.Invalid::problems)
                .asString()
                .isEqualTo("[foo: no such option of jemalloc 5.3]");
        assertThat(problems(parsed).getFirst().position()).isEqualTo(MallocConfProblem.NO_POSITION);
    }

    @Test
    void aMapKeepsItsOrder() {
        // given
        Map<String, String> options = new LinkedHashMap<>();
        options.put("zero", "true");
        options.put("abort", "false");
        options.put("narenas", "3");

        // when
        MallocConf conf = valid(MallocConf.of(options));

        // then
        assertThat(conf.render()).isEqualTo("zero:true,abort:false,narenas:3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dirty_decay_ms | 5000,prof_final:true | INVALID_VALUE
            prof_prefix    | x,prof_final:true    | INVALID_VALUE
            zero:true,abort| true                 | UNKNOWN_OPTION
            opt.narenas    | 2                    | UNKNOWN_OPTION
            """)
    void aMapCannotSmuggleAnotherOptionIn(String name, String value, Reason reason) {
        assertThat(problems(MallocConf.of(Map.of(name, value))))
                .extracting(MallocConfProblem::reason)
                .containsExactly(reason);
    }

    @Test
    void optionsCannotBeChangedFromOutside() {
        // given
        MallocConf conf = valid("narenas:2");

        // then
        assertThatThrownBy(() -> conf.options().put("narenas", "3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aChangeOfTheMapGivenDoesNotReachTheConf() {
        // given
        Map<String, String> options = new LinkedHashMap<>(Map.of("narenas", "2"));
        MallocConf conf = valid(MallocConf.of(options));

        // when
        options.put("narenas", "nonsense");

        // then
        assertThat(conf.render()).isEqualTo("narenas:2");
    }

    @Test
    void withReplacesInPlaceAndAppendsWhatIsNew() {
        // given
        MallocConf conf = valid("abort_conf:true,narenas:2,zero:false");

        // then
        assertThat(conf.with("narenas", "4").render()).isEqualTo("abort_conf:true,narenas:4,zero:false");
        assertThat(conf.with("retain", "true").render()).isEqualTo("abort_conf:true,narenas:2,zero:false,retain:true");
        assertThat(conf.render()).isEqualTo("abort_conf:true,narenas:2,zero:false");
    }

    @Test
    void withExplainsWhyItWillNot() {
        assertThatThrownBy(() -> MallocConf.empty().with("narenas", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("narenas: 0 is out of range; jemalloc takes 1 to 4094 or default");
    }

    @ParameterizedTest(name = "{0} + {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            narenas:2,zero:true                             | narenas:4                  | narenas:4,zero:true
            narenas:2                                       | zero:true                  | narenas:2,zero:true
            ``                                              | zero:true                  | zero:true
            zero:true                                       | ``                         | zero:true
            prof:true,prof_active:true,lg_prof_sample:19    | prof:false                 | prof:false
            prof:true,prof_active:false                     | prof:false                 | prof:false,prof_active:false
            prof:true,prof_active:false                     | prof_active:true           | prof:true,prof_active:true
            tcache_max:4096,zero:true                       | tcache:false               | zero:true,tcache:false
            tcache_max:4096                                 | lg_tcache_max:10           | lg_tcache_max:10
            lg_tcache_max:10                                | tcache_max:4096            | tcache_max:4096
            narenas:2                                       | narenas_ratio:4            | narenas_ratio:4
            narenas_ratio:4                                 | narenas:2                  | narenas:2
            stats_print:true,stats_print_opts:J             | stats_print:false          | stats_print:false
            tcache_nslots_small_max:100                     | tcache_nslots_small_min:150 | tcache_nslots_small_min:150
            tcache_nslots_small_min:150                     | tcache_nslots_small_max:100 | tcache_nslots_small_max:100
            tcache_max:4096                                 | tcache:false,zero:true     | tcache:false,zero:true
            """)
    void mergeLetsTheOverrideWin(String base, String override, String merged) {
        // given
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String option : override.isEmpty() ? new String[0] : override.split(",", -1)) {
            overrides.put(option.substring(0, option.indexOf(':')), option.substring(option.indexOf(':') + 1));
        }

        // when
        MallocConf result = valid(valid(base).merge(overrides));

        // then
        assertThat(result.render()).isEqualTo(merged);
    }

    @ParameterizedTest(name = "{0} + {1}:{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            prof:false   | prof_active      | true | prof_active:true has no effect without prof:true
            ``           | lg_prof_sample   | 19   | lg_prof_sample:19 has no effect without prof:true
            tcache:false | tcache_max       | 4096 | tcache_max:4096 has no effect with tcache:false
            zero:true    | stats_print_opts | J    | stats_print_opts:J has no effect without stats_print:true
            """)
    void mergeRefusesAnOverrideThatWouldHaveNoEffect(String base, String option, String value, String message) {
        assertThat(problems(valid(base).merge(Map.of(option, value))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.reason()).isEqualTo(Reason.CONTRADICTION);
                    assertThat(problem.message()).isEqualTo(message);
                });
    }

    @Test
    void mergeRefusesOverridesThatContradictEachOther() {
        // given
        MallocConf base = valid("narenas:2");

        // when
        Parsed merged = base.merge(Map.of("narenas", "4", "narenas_ratio", "2"));

        // then
        assertThat(problems(merged))
                .extracting(MallocConfProblem::option, MallocConfProblem::reason)
                .containsExactly(tuple("narenas_ratio", Reason.CONTRADICTION));
    }

    @Test
    void mergeTakesAnotherConfToo() {
        assertThat(valid(valid("narenas:2").merge(valid("narenas:3,zero:true"))).render())
                .isEqualTo("narenas:3,zero:true");
    }

    @Test
    void confsAreEqualWithTheSameOptionsInTheSameOrder() {
        assertThat(valid("narenas:2,zero:true"))
                .isEqualTo(valid("narenas:2,zero:true"))
                .hasSameHashCodeAs(valid("narenas:2,zero:true"))
                .isNotEqualTo(valid("zero:true,narenas:2"))
                .isNotEqualTo(valid("narenas:3,zero:true"))
                .hasToString("narenas:2,zero:true");
    }

    @Test
    void theHashIsThatOfTheRenderedText() {
        assertThat(valid("narenas:2").hash())
                .isEqualTo(ConfHash.of("narenas:2"))
                .isNotEqualTo(valid("narenas:3").hash())
                .matches("[0-9a-f]{8}");
    }

    @Test
    void theHashStaysTheSameBetweenReleases() {
        assertThat(ConfHash.of("")).isEqualTo("00000000");
        assertThat(ConfHash.of("abort_conf:true")).isEqualTo("f89bdde3");
    }

    private static MallocConf valid(String text) {
        return valid(MallocConf.parse(text));
    }

    private static MallocConf valid(Parsed parsed) {
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        return ((Parsed.Valid) parsed).conf();
    }

    private static List<MallocConfProblem> problems(String text) {
        return problems(MallocConf.parse(text));
    }

    private static List<MallocConfProblem> problems(Parsed parsed) {
        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        return ((Parsed.Invalid) parsed).problems();
    }
}

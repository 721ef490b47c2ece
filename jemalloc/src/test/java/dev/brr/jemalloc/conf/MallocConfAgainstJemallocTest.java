package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.RealJemalloc;
import dev.brr.jemalloc.RealJemalloc.Outcome;
import dev.brr.jemalloc.ReportProgram;
import dev.brr.jemalloc.conf.MallocConf.Parsed;
import dev.brr.jemalloc.conf.MallocConfProblem.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the grammar against the library itself: a process is started with each conf, abort_conf:true first. */
class MallocConfAgainstJemallocTest {

    /** More with JDK_JAVA_OPTIONS=-Dconfs=5000 in the environment. */
    private static final int GENERATED_CONFS = Integer.getInteger("confs", 250);

    private static final int GENERATED_JVMS = Integer.getInteger("jvms", 10);

    /** What jemalloc 5.3.0 does when it is given a conf. */
    private enum Answer {
        /** The process ends with SIGABRT. */
        ABORTS,
        /** The process starts, and a line on stderr is all there is. */
        WARNS,
        /** The process starts as if nothing were wrong. */
        IGNORES
    }

    /** A conf that we refuse, and the reason for it being none of the library's doing, or being so. */
    private record Mistake(Answer answer, Reason reason, String conf) {}

    /** Each line: what the library does, what we say, the conf. */
    private static final List<Mistake> MISTAKES = """
            ABORTS  UNKNOWN_OPTION   foo:1
            ABORTS  UNKNOWN_OPTION   dirty_decay_msx:1000
            ABORTS  UNKNOWN_OPTION   Narenas:1
            ABORTS  UNKNOWN_OPTION   opt_narenas:1
            WARNS   UNKNOWN_OPTION   experimental_foo:1
            IGNORES UNKNOWN_OPTION   m:auto
            IGNORES UNKNOWN_OPTION   metadata:always
            IGNORES UNKNOWN_OPTION   d:disabled
            IGNORES UNKNOWN_OPTION   p:percpu
            ABORTS  UNKNOWN_OPTION   th:never
            IGNORES MALFORMED        :auto
            ABORTS  MALFORMED        zero:true,
            ABORTS  MALFORMED        zero:true,,abort:true
            ABORTS  MALFORMED        zero
            ABORTS  INVALID_VALUE    zero:true;abort:true
            ABORTS  MALFORMED        a;b:1
            ABORTS  MALFORMED        zero:true, abort:true
            ABORTS  MALFORMED        zero :true
            ABORTS  MALFORMED        narenas=2
            IGNORES DUPLICATE_OPTION narenas:1,narenas:2
            IGNORES DUPLICATE_OPTION prof:true,prof:false
            ABORTS  INVALID_VALUE    background_thread:yes
            ABORTS  INVALID_VALUE    background_thread:1
            ABORTS  INVALID_VALUE    background_thread:
            ABORTS  INVALID_VALUE    background_thread:TRUE
            ABORTS  INVALID_VALUE    prof:tru
            ABORTS  INVALID_VALUE    narenas:two
            ABORTS  INVALID_VALUE    narenas:
            ABORTS  INVALID_VALUE    narenas:2.5
            ABORTS  INVALID_VALUE    tcache_max:8M
            ABORTS  INVALID_VALUE    dirty_decay_ms:5s
            ABORTS  INVALID_VALUE    dirty_decay_ms:1000 ,zero:true
            IGNORES INVALID_VALUE    dirty_decay_ms: 1000
            IGNORES INVALID_VALUE    narenas:010
            IGNORES INVALID_VALUE    narenas:0x10
            IGNORES INVALID_VALUE    narenas:+2
            IGNORES INVALID_VALUE    tcache_max:-0
            ABORTS  INVALID_VALUE    metadata_thp:on
            ABORTS  INVALID_VALUE    thp:on
            IGNORES INVALID_VALUE    thp:
            IGNORES INVALID_VALUE    thp:a
            IGNORES INVALID_VALUE    dss:prim
            IGNORES INVALID_VALUE    percpu_arena:per
            ABORTS  INVALID_VALUE    junk:yes
            ABORTS  INVALID_VALUE    zero_realloc:strange
            WARNS   INVALID_VALUE    experimental_infallible_new:maybe
            ABORTS  INVALID_VALUE    narenas_ratio:x
            ABORTS  INVALID_VALUE    narenas_ratio:-1
            ABORTS  INVALID_VALUE    narenas_ratio:1.
            IGNORES INVALID_VALUE    stats_print_opts:Q
            ABORTS  INVALID_VALUE    bin_shards:x
            ABORTS  INVALID_VALUE    bin_shards:1-160
            ABORTS  INVALID_VALUE    bin_shards:1-160:0
            IGNORES INVALID_VALUE    bin_shards:1-160:16|
            IGNORES INVALID_VALUE    slab_sizes:1-4096:0
            ABORTS  INVALID_VALUE    slab_sizes:1-4096
            ABORTS  OUT_OF_RANGE     narenas:0
            WARNS   OUT_OF_RANGE     narenas:4095
            WARNS   OUT_OF_RANGE     narenas:-1
            IGNORES OUT_OF_RANGE     narenas:4294967297
            ABORTS  OUT_OF_RANGE     dirty_decay_ms:-2
            ABORTS  OUT_OF_RANGE     dirty_decay_ms:18446744072001
            ABORTS  OUT_OF_RANGE     muzzy_decay_ms:-2
            ABORTS  OUT_OF_RANGE     mutex_max_spin:-2
            ABORTS  OUT_OF_RANGE     stats_interval:-2
            IGNORES OUT_OF_RANGE     tcache_max:8388609
            IGNORES OUT_OF_RANGE     tcache_max:-1
            IGNORES OUT_OF_RANGE     lg_tcache_max:24
            ABORTS  OUT_OF_RANGE     lg_tcache_nslots_mul:17
            ABORTS  OUT_OF_RANGE     lg_tcache_nslots_mul:-17
            IGNORES OUT_OF_RANGE     tcache_nslots_small_min:0
            IGNORES OUT_OF_RANGE     tcache_nslots_small_max:2049
            IGNORES OUT_OF_RANGE     tcache_nslots_large:2049
            IGNORES OUT_OF_RANGE     tcache_gc_incr_bytes:1023
            IGNORES OUT_OF_RANGE     lg_tcache_flush_small_div:0
            IGNORES OUT_OF_RANGE     lg_tcache_flush_large_div:17
            ABORTS  OUT_OF_RANGE     oversize_threshold:8070450532247928833
            IGNORES OUT_OF_RANGE     oversize_threshold:16383
            ABORTS  OUT_OF_RANGE     lg_extent_max_active_fit:65
            IGNORES OUT_OF_RANGE     max_background_threads:0
            IGNORES OUT_OF_RANGE     max_background_threads:4096
            IGNORES REFUSED          hpa_slab_max_alloc:65536
            WARNS   OUT_OF_RANGE     narenas_ratio:60000
            IGNORES OUT_OF_RANGE     prof:true,lg_prof_sample:64
            ABORTS  OUT_OF_RANGE     prof:true,lg_prof_interval:64
            ABORTS  OUT_OF_RANGE     prof:true,prof_recent_alloc_max:-2
            ABORTS  OUT_OF_RANGE     bin_shards:1-160:65
            IGNORES OUT_OF_RANGE     bin_shards:160-1:16
            IGNORES OUT_OF_RANGE     bin_shards:20000-30000:16
            IGNORES OUT_OF_RANGE     slab_sizes:1-4096:100000
            IGNORES OUT_OF_RANGE     slab_sizes:8-8:2
            IGNORES OUT_OF_RANGE     slab_sizes:14336-14336:3
            IGNORES OUT_OF_RANGE     slab_sizes:9-15:1
            IGNORES OUT_OF_RANGE     slab_sizes:16-16:1|16-16:2
            IGNORES OUT_OF_RANGE     bin_shards:1-160:16|160-512:8
            ABORTS  REFUSED          cache_oblivious:true
            ABORTS  REFUSED          utrace:false
            ABORTS  REFUSED          xmalloc:true
            ABORTS  REFUSED          lg_san_uaf_align:12
            ABORTS  REFUSED          log:x
            IGNORES REFUSED          zero_realloc:abort
            IGNORES REFUSED          hpa:true
            IGNORES CONTRADICTION    prof_active:true
            IGNORES CONTRADICTION    prof:false,prof_active:true
            IGNORES CONTRADICTION    lg_prof_sample:12
            IGNORES CONTRADICTION    stats_print_opts:J
            IGNORES REFUSED          stats_interval_opts:J
            IGNORES REFUSED          stats_interval:1073741824
            IGNORES CONTRADICTION    tcache:false,tcache_max:4096
            IGNORES CONTRADICTION    tcache_max:4096,lg_tcache_max:10
            IGNORES CONTRADICTION    narenas:2,narenas_ratio:4
            IGNORES CONTRADICTION    percpu_arena:percpu,narenas:1
            IGNORES CONTRADICTION    percpu_arena:percpu,narenas:4094
            IGNORES CONTRADICTION    percpu_arena:percpu,narenas_ratio:4
            IGNORES CONTRADICTION    zero:true,junk:alloc
            IGNORES CONTRADICTION    zero:true,junk:true
            IGNORES CONTRADICTION    max_background_threads:2
            IGNORES CONTRADICTION    background_thread:false,max_background_threads:2
            IGNORES CONTRADICTION    tcache_nslots_small_min:300
            IGNORES CONTRADICTION    tcache_nslots_small_min:50,tcache_nslots_small_max:40
            """.lines()
            .map(line -> line.split(" +", 3))
            .map(fields -> new Mistake(Answer.valueOf(fields[0]), Reason.valueOf(fields[1]), fields[2]))
            .toList();

    @Test
    void whatJemallocRefusesOrIgnoresIsRefused() {
        assertThat(MISTAKES)
                .filteredOn(mistake -> !reasons(mistake.conf()).equals(List.of(mistake.reason())))
                .isEmpty();
    }

    @Test
    void jemallocDoesWithMistakesWhatWeThink() {
        // when
        List<Outcome> outcomes = start(MISTAKES.stream().map(Mistake::conf).toList());

        // then
        SoftAssertions.assertSoftly(softly -> {
            for (int i = 0; i < MISTAKES.size(); i++) {
                Outcome outcome = outcomes.get(i);
                softly.assertThat(answer(outcome))
                        .as("%s", outcome)
                        .isEqualTo(MISTAKES.get(i).answer());
            }
        });
    }

    @Test
    void jemallocTakesEveryOptionAtBothEndsOfItsRange() {
        // given
        List<String> confs = new ArrayList<>();
        for (MallocOption option : MallocOption.all()) {
            for (String value : ends(option.type())) {
                String conf = enabling(option.name()) + option.name() + ":" + value;
                if (MallocConf.parse(conf) instanceof Parsed.Valid) {
                    confs.add(conf);
                }
            }
        }

        // when
        List<Outcome> outcomes = start(confs);

        // then
        assertThat(confs).hasSizeGreaterThan(110);
        assertThat(outcomes)
                .hasSameSizeAs(confs)
                .filteredOn(outcome -> !taken(outcome))
                .isEmpty();
    }

    @Test
    void jemallocTakesWhateverWeTake() {
        // given
        List<String> confs = ValidConfs.confs()
                .map(MallocConf::render)
                .sampleStream()
                .filter(conf -> !conf.isEmpty())
                .limit(GENERATED_CONFS)
                .toList();

        // when
        List<Outcome> outcomes = start(confs);

        // then
        assertThat(outcomes)
                .hasSize(GENERATED_CONFS)
                .filteredOn(outcome -> !taken(outcome))
                .isEmpty();
    }

    @Test
    void whateverWeTakeIsInEffectInAJvm() {
        // given
        List<String> confs = ValidConfs.confs()
                .map(MallocConf::render)
                .sampleStream()
                .filter(conf -> !conf.isEmpty())
                .limit(GENERATED_JVMS)
                .toList();

        // when
        List<Result> results = confs.stream()
                .map(conf -> ForkedJvm.withJemalloc(ReportProgram.class, conf).run())
                .toList();

        // then
        assertThat(results)
                .hasSize(GENERATED_JVMS)
                .extracting(result -> result.value("mismatches") + " of " + result.value("requested"))
                .filteredOn(mismatches -> !mismatches.startsWith("[] "))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void jemallocTakesEveryPresetWithoutAWord(Preset preset) {
        // given
        List<String> confs = List.of(1, 500, 1000, 1500, 4000, 64_000, 2_000_000).stream()
                .map(millicores ->
                        preset.conf(CpuLimit.ofMillicores(millicores)).render())
                .toList();

        // when
        List<Outcome> outcomes = RealJemalloc.start(confs);

        // then
        assertThat(outcomes).hasSize(7).filteredOn(outcome -> !outcome.silent()).isEmpty();
    }

    @Test
    void behindAMalformedPartAbortConfIsNotEvenRead() {
        assertThat(RealJemalloc.start("zero:true,,abort_conf:true").warned()).isTrue();
        assertThat(RealJemalloc.start("abort_conf:true,zero:true,,").aborted()).isTrue();
    }

    @Test
    void someSettingsOfTheHugePageAllocatorNeverLetAProcessEnd() {
        // given
        String conf = "abort_conf:true,hpa:true,hpa_hugification_threshold:114982,hpa_sec_batch_fill_extra:31,"
                + "lg_tcache_nslots_mul:-15";

        // then
        assertThat(RealJemalloc.start(conf).hung()).isTrue();
    }

    @Test
    void everyOptionThatTheLibraryReportsIsInTheTable() {
        // given
        String printed = RealJemalloc.start("prof:true,stats_print:true,stats_print_opts:mdablxeh")
                .printed();

        // when
        List<String> reported = Pattern.compile("opt\\.([a-z_]+): ")
                .matcher(printed)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        // then
        assertThat(reported).hasSizeGreaterThan(50);
        assertThat(MallocOption.all()).extracting(MallocOption::name).containsAll(new TreeSet<>(reported));
    }

    private static List<Reason> reasons(String conf) {
        return switch (MallocConf.parse(conf)) {
            case Parsed.Valid _ -> List.of();
            case Parsed.Invalid(List<MallocConfProblem> problems) ->
                problems.stream().map(MallocConfProblem::reason).toList();
        };
    }

    private static List<Outcome> start(List<String> confs) {
        return RealJemalloc.start(
                confs.stream().map(conf -> "abort_conf:true," + conf).toList());
    }

    private static Answer answer(Outcome outcome) {
        if (outcome.aborted()) {
            return Answer.ABORTS;
        }
        return outcome.warned() ? Answer.WARNS : Answer.IGNORES;
    }

    /** What prints when all is well is asked for: statistics, or confirm_conf's echo. */
    private static boolean taken(Outcome outcome) {
        boolean printsOnPurpose = Pattern.compile("(confirm_conf|stats_print):true")
                .matcher(outcome.conf())
                .find();
        return outcome.exit() == 0 && (outcome.printed().isEmpty() || printsOnPurpose);
    }

    private static String enabling(String option) {
        if (option.startsWith("prof_") || option.startsWith("lg_prof_")) {
            return "prof:true,";
        }
        return switch (option) {
            case "stats_print_opts" -> "stats_print:true,";
            case "max_background_threads" -> "background_thread:true,";
            case "tcache_nslots_small_min" -> "tcache_nslots_small_max:2048,";
            case "tcache_nslots_small_max" -> "tcache_nslots_small_min:1,";
            default -> "";
        };
    }

    private static List<String> ends(OptionType type) {
        return switch (type) {
            case OptionType.Bool() -> List.of("true", "false");
            case OptionType.Whole(long min, long max, Optional<String> word) ->
                List.of(Long.toString(min), Long.toString(max), word.orElse(Long.toString(min + 1)));
            case OptionType.Words(List<String> words) -> words;
            case OptionType.Ratio(int max) -> List.of("0", ".5", Integer.toString(max), "0.99999999999999");
            case OptionType.Letters(String letters) -> List.of("", letters);
            case OptionType.SizeGroups(SizeClasses counted, Optional<String> word) ->
                List.of(
                        "14336-14336:" + counted.least(14336),
                        "14336-14336:" + counted.most(14336),
                        word.orElse("1-8:1|9-160:2"));
            case OptionType.Text(int maxLength) -> List.of("", "x".repeat(maxLength));
        };
    }
}

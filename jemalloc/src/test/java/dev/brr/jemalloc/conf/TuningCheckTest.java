package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.conf.MallocConf.Parsed;
import dev.brr.jemalloc.conf.TuningCheck.Mismatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningCheckTest {

    @ParameterizedTest(name = "{0}:{1} shown as {2}:{3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            narenas           | 2         | narenas           | 2
            narenas           | default   | narenas           | 256
            background_thread | true      | background_thread | true
            dirty_decay_ms    | -1        | dirty_decay_ms    | -1
            dirty_decay_ms    | 5000      | dirty_decay_ms    | 5000
            tcache_max        | 4096      | tcache_max        | 4096
            tcache_max        | 5000      | tcache_max        | 5000
            lg_tcache_max     | 12        | tcache_max        | 4096
            lg_tcache_max     | 23        | tcache_max        | 8388608
            lg_tcache_max     | 0         | tcache_max        | 1
            thp               | never     | thp               | never
            thp               | never     | thp               | not supported
            thp               | default   | thp               | not supported
            metadata_thp      | auto      | metadata_thp      | auto
            percpu_arena      | phycpu    | percpu_arena      | phycpu
            junk              | alloc     | junk              | alloc
            stats_interval    | -1        | stats_interval    | -1
            """)
    void whatJemallocWritesDifferentlyIsTheSame(String option, String requested, String shown, String effective) {
        assertThat(TuningCheck.compare(conf(option + ":" + requested), Map.of(shown, effective)))
                .isEmpty();
    }

    @Test
    void optionsThatTheFileSystemBringsAlongAreAMismatchWhateverTheySay() {
        // given
        MallocConf conf = conf("narenas:2");
        Map<String, String> effective = Map.of("narenas", "2", "malloc_conf.symlink", "narenas:7,dirty_decay_ms:0");

        // when
        List<Mismatch> mismatches = TuningCheck.compare(conf, effective);

        // then
        assertThat(mismatches)
                .extracting(Mismatch::toString)
                .containsExactly("malloc_conf.symlink is narenas:7,dirty_decay_ms:0, not none: remove /etc/malloc.conf"
                        + " from the image");
    }

    @Test
    void aLinkToNothingBringsNoOptions() {
        // given
        Map<String, String> effective = Map.of("narenas", "2", "malloc_conf.symlink", "");

        // then
        assertThat(TuningCheck.compare(conf("narenas:2"), effective)).isEmpty();
    }

    @ParameterizedTest(name = "{0} shown as {1}:{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            stats_print:true,stats_print_opts:Jmd       | stats_print_opts    | dmJ
            prof:true,lg_prof_sample:19                 | lg_prof_sample      | 19
            prof:true,prof_active:false                 | prof_active         | false
            percpu_arena:percpu,narenas:default         | narenas             | 64
            narenas:default                             | narenas             | 8
            """)
    void optionsThatNeedAnotherAreComparedToo(String requested, String shown, String effective) {
        // given
        MallocConf conf = conf(requested);
        Map<String, String> reported = new HashMap<>(conf.options());
        reported.put(shown, effective);

        // then
        assertThat(TuningCheck.compare(conf, reported)).isEmpty();
    }

    @ParameterizedTest(name = "{0} shown as {1}:{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            narenas:2                             | narenas             | 256     | narenas is 256, not 2
            narenas:2                             | narenas             | 1       | narenas is 1, not 2
            narenas:2                             | narenas             | many    | narenas is many, not 2
            narenas:8                             | narenas             | ?       | narenas is ?, not 8
            percpu_arena:disabled,narenas:2       | narenas             | 64      | narenas is 64, not 2
            percpu_arena:percpu                   | percpu_arena        | disabled | percpu_arena is disabled, not percpu
            background_thread:true                | background_thread   | false   | background_thread is false, not true
            background_thread:true                | background_thread   | 1       | background_thread is 1, not true
            dirty_decay_ms:0                      | dirty_decay_ms      | 10000   | dirty_decay_ms is 10000, not 0
            tcache_max:4096                       | tcache_max          | 32768   | tcache_max is 32768, not 4096
            lg_tcache_max:12                      | tcache_max          | 32768   | lg_tcache_max is 32768, not 12
            thp:always                            | thp                 | not supported | thp is not supported, not always
            thp:never                             | thp                 | default | thp is default, not never
            stats_print:true,stats_print_opts:Jmd | stats_print_opts    | Jm      | stats_print_opts is Jm, not Jmd
            prof:true,prof_prefix:/p/h            | prof_prefix         | jeprof  | prof_prefix is jeprof, not /p/h
            """)
    void whatDiffersIsNamedWithBothValues(String requested, String shown, String effective, String sentence) {
        // given
        MallocConf conf = conf(requested);
        Map<String, String> reported = new HashMap<>(conf.options());
        reported.put(shown, effective);

        // when
        List<Mismatch> mismatches = TuningCheck.compare(conf, reported);

        // then
        assertThat(mismatches).singleElement().hasToString(sentence);
    }

    @Test
    void whatIsNotReportedDiffers() {
        assertThat(TuningCheck.compare(conf("narenas:2,zero:true"), Map.of("zero", "true")))
                .containsExactly(new Mismatch("narenas", "2", null))
                .singleElement()
                .hasToString("narenas is not reported, asked for 2");
    }

    @Test
    void aProcessWithoutJemallocDiffersInEverythingItCouldReport() {
        assertThat(TuningCheck.compare(Preset.BALANCED.conf(CpuLimit.none()), Map.of()))
                .extracting(Mismatch::option)
                .containsExactly(
                        "abort_conf",
                        "background_thread",
                        "narenas",
                        "dirty_decay_ms",
                        "muzzy_decay_ms",
                        "prof",
                        "prof_active");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "narenas_ratio:2",
                "bin_shards:1-160:16",
                "slab_sizes:default",
                "san_guard_small:0",
                "prof:true,prof_unbias:true"
            })
    void whatNoControlShowsCannotDiffer(String requested) {
        assertThat(TuningCheck.compare(conf(requested), Map.of("prof", "true"))).isEmpty();
    }

    @Test
    void optionsThatWereNotAskedForDoNotMatter() {
        assertThat(TuningCheck.compare(conf("narenas:2"), Map.of("narenas", "2", "zero", "true", "unheard_of", "1")))
                .isEmpty();
        assertThat(TuningCheck.compare(MallocConf.empty(), Map.of("narenas", "2")))
                .isEmpty();
    }

    @Test
    void mismatchesComeInTheOrderOfTheRequest() {
        assertThat(TuningCheck.compare(
                        conf("zero:true,narenas:2,abort:true"),
                        Map.of("abort", "false", "narenas", "1", "zero", "false")))
                .extracting(Mismatch::option)
                .containsExactly("zero", "narenas", "abort");
    }

    private static MallocConf conf(String text) {
        return ((Parsed.Valid) MallocConf.parse(text)).conf();
    }
}

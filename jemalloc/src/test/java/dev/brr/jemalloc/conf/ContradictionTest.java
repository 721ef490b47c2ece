package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContradictionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prof_active:true",
                "prof_thread_active_init:true",
                "prof_prefix:/profiles/heap",
                "lg_prof_sample:19",
                "prof_accum:true",
                "prof_recent_alloc_max:10",
                "prof_stats:true",
                "prof_sys_thread_name:true",
                "prof_time_resolution:high",
                "prof_unbias:true"
            })
    void anOptionOfProfilingNeedsProf(String option) {
        assertThat(in(option)).extracting(Contradiction::by).containsExactly("prof");
        assertThat(in("prof:false," + option)).extracting(Contradiction::by).containsExactly("prof");
        assertThat(in(option + ",prof:true")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prof_active:false",
                "prof_accum:false",
                "prof_final:false",
                "prof_gdump:false",
                "prof_leak:false",
                "prof_log:false"
            })
    void turningOffWhatIsOffIsNoContradiction(String option) {
        assertThat(in(option)).isEmpty();
        assertThat(in("prof:false," + option)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcache_max:4096",
                "lg_tcache_max:12",
                "lg_tcache_nslots_mul:1",
                "tcache_nslots_small_min:20",
                "tcache_nslots_small_max:200",
                "tcache_nslots_large:20",
                "tcache_gc_incr_bytes:65536",
                "tcache_gc_delay_bytes:0",
                "lg_tcache_flush_small_div:1",
                "lg_tcache_flush_large_div:1"
            })
    void anOptionOfThreadCachesNeedsThem(String option) {
        assertThat(in("tcache:false," + option)).extracting(Contradiction::by).containsExactly("tcache");
        assertThat(in("tcache:true," + option)).isEmpty();
        assertThat(in(option)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            narenas:2,narenas_ratio:4                  | narenas_ratio | narenas       | true
            lg_tcache_max:12,tcache_max:4096           | lg_tcache_max | tcache_max    | true
            stats_print:false,stats_print_opts:J       | stats_print_opts | stats_print | false
            tcache_nslots_small_min:50,tcache_nslots_small_max:40 | tcache_nslots_small_min | tcache_nslots_small_max | true
            tcache_nslots_small_max:40,tcache_nslots_small_min:50 | tcache_nslots_small_min | tcache_nslots_small_max | true
            max_background_threads:4                   | max_background_threads | background_thread | false
            background_thread:false,max_background_threads:4 | max_background_threads | background_thread | false
            percpu_arena:percpu,narenas:2              | percpu_arena  | narenas       | false
            narenas:64,percpu_arena:phycpu             | percpu_arena  | narenas       | false
            percpu_arena:percpu,narenas_ratio:4        | narenas_ratio | percpu_arena  | true
            narenas:default,percpu_arena:percpu,narenas_ratio:4 | narenas_ratio | percpu_arena | true
            zero:true,junk:true                        | junk          | zero          | true
            junk:alloc,zero:true                       | junk          | zero          | true
            tcache_nslots_small_min:201                | tcache_nslots_small_min | tcache_nslots_small_max | true
            tcache_nslots_small_max:19                 | tcache_nslots_small_max | tcache_nslots_small_min | true
            """)
    void onePartOfAPairIsVoid(String options, String voided, String by, boolean mutual) {
        assertThat(in(options)).singleElement().satisfies(found -> {
            assertThat(found.voided()).isEqualTo(voided);
            assertThat(found.by()).isEqualTo(by);
            assertThat(found.mutual()).isEqualTo(mutual);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Nothing gets muzzy by it, until the guard or a caller sets another time in the running process.
                "dirty_decay_ms:-1,muzzy_decay_ms:5000",
                "",
                "narenas:default,narenas_ratio:4",
                "narenas_ratio:4",
                "narenas:2",
                "tcache_nslots_small_min:200",
                "tcache_nslots_small_max:20",
                "tcache_nslots_small_min:40,tcache_nslots_small_max:40",
                "stats_print:true,stats_print_opts:J",
                "background_thread:true,max_background_threads:4",
                "background_thread:false",
                "percpu_arena:percpu",
                "percpu_arena:percpu,narenas:default",
                "percpu_arena:disabled,narenas:2",
                "percpu_arena:disabled,narenas_ratio:2",
                "thp:never,metadata_thp:always",
                "zero:true,junk:free",
                "zero:true,junk:false",
                "zero:false,junk:true",
                "zero:false,junk:alloc",
                "zero:true",
                "junk:true"
            })
    void whatGoesTogetherIsNoContradiction(String options) {
        assertThat(in(options)).isEmpty();
    }

    @Test
    void everyContradictionIsFound() {
        assertThat(in("tcache:false,tcache_max:1,lg_tcache_max:1,prof_active:true,narenas:1,narenas_ratio:1"))
                .extracting(Contradiction::voided)
                .containsExactlyInAnyOrder(
                        "tcache_max", "lg_tcache_max", "lg_tcache_max", "prof_active", "narenas_ratio");
    }

    private static List<Contradiction> in(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            options.put(option.substring(0, option.indexOf(':')), option.substring(option.indexOf(':') + 1));
        }
        return Contradiction.in(options);
    }
}

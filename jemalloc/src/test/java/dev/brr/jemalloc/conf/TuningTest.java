package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.brr.jemalloc.conf.MallocConfProblem.Reason;
import dev.brr.jemalloc.conf.Tuning.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TuningTest {

    private static final CpuLimit TWO_CPUS = CpuLimit.ofMillicores(2000);

    @ParameterizedTest
    @EnumSource
    void withoutOverridesItIsThePreset(Preset preset) {
        assertThat(Tuning.decide(preset, Map.of(), TWO_CPUS)).isEqualTo(new Decision.Tuned(preset.conf(TWO_CPUS)));
    }

    @ParameterizedTest(name = "{0} with {1}:{2}")
    @CsvSource(delimiter = '|', textBlock = """
            BALANCED   | dirty_decay_ms   | 2000  | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:2000,muzzy_decay_ms:0,prof:true,prof_active:false
            BALANCED   | narenas          | 1     | abort_conf:true,background_thread:true,narenas:1,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false
            BALANCED   | tcache_max       | 4096  | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false,tcache_max:4096
            BALANCED   | abort_conf       | true  | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false
            BALANCED   | background_thread | false | abort_conf:true,background_thread:false,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false
            BALANCED   | prof             | false | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:false,prof_active:false
            BALANCED   | prof_active      | true  | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:true
            BALANCED   | prof_prefix      | /p/h  | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false,prof_prefix:/p/h
            BALANCED   | narenas_ratio    | 2     | abort_conf:true,background_thread:true,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false,narenas_ratio:2
            BALANCED   | percpu_arena     | disabled | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false,percpu_arena:disabled
            BALANCED   | max_background_threads | 2 | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false,max_background_threads:2
            PROFILING  | prof             | false | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:false
            PROFILING  | lg_prof_sample   | 21    | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:true,lg_prof_sample:21
            LOW_RSS    | tcache           | false | abort_conf:true,background_thread:true,narenas:1,dirty_decay_ms:1000,muzzy_decay_ms:0,prof:true,prof_active:false,tcache:false
            LOW_RSS    | lg_tcache_max    | 10    | abort_conf:true,background_thread:true,narenas:1,dirty_decay_ms:1000,muzzy_decay_ms:0,prof:true,prof_active:false,lg_tcache_max:10
            THROUGHPUT | metadata_thp     | always | abort_conf:true,background_thread:true,narenas:8,dirty_decay_ms:30000,muzzy_decay_ms:0,prof:true,prof_active:false,metadata_thp:always
            """)
    void anOverrideWinsOverThePreset(Preset preset, String option, String value, String mallocConf) {
        assertThat(Tuning.decide(preset, Map.of(option, value), TWO_CPUS))
                .isInstanceOfSatisfying(
                        Decision.Tuned.class,
                        tuned -> assertThat(tuned.conf().render()).isEqualTo(mallocConf));
    }

    @ParameterizedTest(name = "{0} with {1}:{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            BALANCED | dirty_decay_msx | 1000  | UNKNOWN_OPTION | dirty_decay_msx: no such option of jemalloc 5.3; did you mean dirty_decay_ms?
            BALANCED | dirty_decay_ms  | 5s    | INVALID_VALUE  | dirty_decay_ms: "5s" is not a whole number
            BALANCED | dirty_decay_ms  | ``    | INVALID_VALUE  | dirty_decay_ms: "" is not a whole number
            BALANCED | narenas         | 0     | OUT_OF_RANGE   | narenas: 0 is out of range; jemalloc takes 1 to 4094 or default
            BALANCED | abort_conf      | false | REFUSED        | abort_conf:false is refused: without it jemalloc ignores a mistake in its options instead of refusing to start
            BALANCED | prof_final      | true  | REFUSED        | prof_final:true is refused: it writes files into the working directory of the service and of every process it starts
            BALANCED | prof_gdump      | true  | REFUSED        | prof_gdump:true is refused: it writes files into the working directory of the service and of every process it starts
            BALANCED | lg_tcache_max   | 24    | OUT_OF_RANGE   | lg_tcache_max: 24 is out of range; jemalloc takes 0 to 23
            LOW_RSS  | stats_print_opts | J | CONTRADICTION  | stats_print_opts:J has no effect without stats_print:true
            BALANCED | percpu_arena    | percpu | CONTRADICTION | percpu_arena:percpu makes an arena for each CPU of the node, whatever the CPU limit, and narenas:2 has no effect with it; leave it out, or set narenas:default too
            LOW_RSS  | tcache_nslots_small_min | 300 | CONTRADICTION | tcache_nslots_small_min:300 makes the least number of slots 300 and the greatest 200
            LOW_RSS  | tcache_nslots_small_max | 10 | CONTRADICTION | tcache_nslots_small_max:10 makes the least number of slots 20 and the greatest 10
            """)
    void anOverrideThatCannotBeHadIsRefused(Preset preset, String option, String value, Reason reason, String message) {
        assertThat(Tuning.decide(preset, Map.of(option, value), TWO_CPUS))
                .isEqualTo(new Decision.Refused(
                        List.of(new MallocConfProblem(option, MallocConfProblem.NO_POSITION, reason, message))));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        // given
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("narenas", "many");
        overrides.put("zero", "true");
        overrides.put("prof_leak", "true");
        overrides.put("tchp", "never");

        // when
        Decision decision = Tuning.decide(Preset.BALANCED, overrides, TWO_CPUS);

        // then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(MallocConfProblem::option, MallocConfProblem::reason)
                                .containsExactly(
                                        tuple("narenas", Reason.INVALID_VALUE),
                                        tuple("prof_leak", Reason.REFUSED),
                                        tuple("tchp", Reason.UNKNOWN_OPTION)));
    }

    @Test
    void whoGivesTheNumberOfArenasUpMayHaveOneForEachCpu() {
        // given
        Map<String, String> overrides = Map.of("percpu_arena", "percpu", "narenas", "default");

        // when
        Decision decision = Tuning.decide(Preset.BALANCED, overrides, TWO_CPUS);

        // then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Tuned.class,
                        tuned -> assertThat(tuned.conf().render())
                                .contains("narenas:default")
                                .endsWith("percpu_arena:percpu"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            zero         | true   | junk                   | alloc | junk:alloc has no effect with zero:true
            zero         | true   | junk                   | true  | junk:true fills only what is freed with zero:true; junk:free says so, zero:false fills both
            background_thread | false | max_background_threads | 2 | max_background_threads:2 counts threads that are not started without background_thread:true
            percpu_arena | phycpu | narenas_ratio          | 2     | narenas_ratio:2 has no effect with percpu_arena:phycpu
            percpu_arena | percpu | narenas                | 3     | percpu_arena:percpu makes an arena for each CPU of the node, whatever the CPU limit, and narenas:3 has no effect with it; leave it out, or set narenas:default too
            """)
    void overridesThatCannotBeHadTogetherAreRefused(
            String one, String oneValue, String other, String otherValue, String message) {
        assertThat(Tuning.decide(Preset.BALANCED, Map.of(one, oneValue, other, otherValue), TWO_CPUS))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(MallocConfProblem::message)
                                .containsExactly(message));
    }

    @Test
    void overridesMayNeedEachOther() {
        // given
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("stats_print_opts", "Ja");
        overrides.put("stats_print", "true");

        // when
        Decision decision = Tuning.decide(Preset.LOW_RSS, overrides, TWO_CPUS);

        // then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Tuned.class,
                        tuned -> assertThat(tuned.conf().render()).endsWith("stats_print_opts:Ja,stats_print:true"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LOW_RSS    | abort_conf:true,background_thread:true,narenas:1,dirty_decay_ms:1000,muzzy_decay_ms:0,tcache_max:4096
            BALANCED   | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0
            THROUGHPUT | abort_conf:true,background_thread:true,narenas:8,dirty_decay_ms:30000,muzzy_decay_ms:0
            """)
    void onArm64ThePresetsSayNothingOfProfiles(Preset preset, String mallocConf) {
        assertThat(Tuning.decide(preset, Map.of(), TWO_CPUS, JemallocBuild.ARM64))
                .isInstanceOfSatisfying(
                        Decision.Tuned.class,
                        tuned -> assertThat(tuned.conf().render()).isEqualTo(mallocConf));
    }

    @ParameterizedTest
    @CsvSource({"prof, true", "prof, false", "prof_active, false", "lg_prof_sample, 19", "prof_prefix, /p"})
    void onArm64AnOptionOfProfilesIsRefusedForItWouldEndTheProcess(String option, String value) {
        assertThat(Tuning.decide(Preset.BALANCED, Map.of(option, value), TWO_CPUS, JemallocBuild.ARM64))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(MallocConfProblem::option, MallocConfProblem::reason)
                                .containsExactly(tuple(option, Reason.REFUSED)));
    }

    @Test
    void onArm64ThePresetProfilingIsRefusedWithTheReason() {
        assertThat(Tuning.decide(Preset.PROFILING, Map.of(), TWO_CPUS, JemallocBuild.ARM64))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(MallocConfProblem::message)
                                .containsExactly(
                                        "prof is refused: Debian's libjemalloc2 5.3.0 for arm64 is built without"
                                                + " profiling and would not start"));
    }

    @Test
    void onArm64OtherOptionsAreWhatTheyAre() {
        assertThat(Tuning.decide(Preset.BALANCED, Map.of("narenas", "3"), TWO_CPUS, JemallocBuild.ARM64))
                .isInstanceOfSatisfying(
                        Decision.Tuned.class,
                        tuned -> assertThat(tuned.conf().options()).containsEntry("narenas", "3"));
    }

    @ParameterizedTest
    @CsvSource({"amd64, AMD64", "arm64, ARM64", "riscv64, AMD64"})
    void anArchitectureHasItsBuild(String architecture, JemallocBuild build) {
        assertThat(JemallocBuild.of(architecture)).isEqualTo(build);
    }
}

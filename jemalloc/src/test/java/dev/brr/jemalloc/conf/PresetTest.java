package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LOW_RSS    | abort_conf:true,background_thread:true,narenas:1,dirty_decay_ms:1000,muzzy_decay_ms:0,tcache_max:4096,prof:true,prof_active:false
            BALANCED   | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:false
            THROUGHPUT | abort_conf:true,background_thread:true,narenas:8,dirty_decay_ms:30000,muzzy_decay_ms:0,prof:true,prof_active:false
            PROFILING  | abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,prof:true,prof_active:true,lg_prof_sample:19
            """)
    void rendersItsOptionsForTwoCpus(Preset preset, String mallocConf) {
        assertThat(preset.conf(CpuLimit.ofMillicores(2000)).render()).isEqualTo(mallocConf);
    }

    @ParameterizedTest(name = "{0}m")
    @CsvSource({
        // millicores, LowRss, Balanced, Throughput, Profiling
        "1,          1,    1,    4,    1",
        "100,        1,    1,    4,    1",
        "500,        1,    1,    4,    1",
        "999,        1,    1,    4,    1",
        "1000,       1,    1,    4,    1",
        "1001,       1,    2,    8,    2",
        "1500,       1,    2,    8,    2",
        "2000,       1,    2,    8,    2",
        "2001,       2,    3,    12,   3",
        "2500,       2,    3,    12,   3",
        "4000,       2,    4,    16,   4",
        "7999,       4,    8,    32,   8",
        "8000,       4,    8,    32,   8",
        "8001,       5,    8,    36,   8",
        "16000,      8,    8,    64,   8",
        "64000,      32,   8,    256,  8",
        "1023000,    512,  8,    4092, 8",
        "1024000,    512,  8,    4094, 8",
        "2147483647, 4094, 8,    4094, 8"
    })
    void countsArenasByTheCpuLimit(int millicores, int lowRss, int balanced, int throughput, int profiling) {
        // given
        CpuLimit limit = CpuLimit.ofMillicores(millicores);

        // then
        assertThat(Arrays.stream(Preset.values()).map(preset -> preset.narenas(limit)))
                .containsExactly(lowRss, balanced, throughput, profiling);
    }

    @ParameterizedTest
    @EnumSource
    void withoutALimitItCountsTwoCpus(Preset preset) {
        assertThat(preset.conf(CpuLimit.none())).isEqualTo(preset.conf(CpuLimit.ofMillicores(2000)));
    }

    @ParameterizedTest
    @EnumSource
    void sharesWhatEveryServiceNeeds(Preset preset) {
        assertThat(preset.conf(CpuLimit.none()).options())
                .containsEntry("abort_conf", "true")
                .containsEntry("background_thread", "true")
                .containsEntry("prof", "true")
                .containsKeys("narenas", "dirty_decay_ms", "muzzy_decay_ms", "prof_active");
    }

    @ParameterizedTest
    @CsvSource({"LowRss, LOW_RSS", "Balanced, BALANCED", "Throughput, THROUGHPUT", "Profiling, PROFILING"})
    void isFoundByTheWordOfTheCustomResource(String value, Preset preset) {
        assertThat(Preset.of(value)).contains(preset);
        assertThat(preset.value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lowrss", "LOW_RSS", "balanced", "Fast"})
    void isNotFoundByAnyOtherWord(String value) {
        assertThat(Preset.of(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1000, 1", "1001, 2", "2000, 2", "63999, 64", "2147483647, 2147484"})
    void aCpuLimitCountsEveryCpuBegun(int millicores, int cpus) {
        assertThat(CpuLimit.ofMillicores(millicores).cpus()).isEqualTo(cpus);
    }

    @Test
    void aCpuLimitHoldsTheMillicoresOrTheirAbsence() {
        assertThat(CpuLimit.ofMillicores(250).millicores()).hasValue(250);
        assertThat(CpuLimit.none()).isEqualTo(new CpuLimit(OptionalInt.empty()));
        assertThat(CpuLimit.none().cpus()).isEqualTo(CpuLimit.CPUS_WITHOUT_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aCpuLimitOfNothingIsNone(int millicores) {
        assertThatThrownBy(() -> CpuLimit.ofMillicores(millicores))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a CPU limit of " + millicores + "m; it is at least 1m");
    }
}

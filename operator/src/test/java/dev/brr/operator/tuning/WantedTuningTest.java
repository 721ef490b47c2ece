package dev.brr.operator.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.MallocPreset;
import dev.brr.jemalloc.conf.MallocConfProblem;
import dev.brr.jemalloc.conf.Preset;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTuningTest {

    @ParameterizedTest
    @CsvSource({
        "1,      1000",
        "2,      2000",
        "0.5,    500",
        "500m,   500",
        "1m,     1",
        "1500m,  1500",
        "0.0001, 1",
        "0.0015, 2",
        "0,      1",
        "1k,     1000000",
        "100u,   1",
    })
    void aCpuQuantityIsCountedInThousandthsRoundedUpAndAtLeastOne(String cpu, int millicores) {
        // given
        var quantity = new Quantity(cpu);
        // when
        var counted = WantedTuning.millicores(quantity);
        // then
        assertThat(counted).isEqualTo(millicores);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147484", "9999999999", "1Ti", "1T"})
    void aCpuLimitBeyondAnyMachineCountsAsTheLargest(String cpu) {
        // given
        var quantity = new Quantity(cpu);
        // when
        var counted = WantedTuning.millicores(quantity);
        // then
        assertThat(counted).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void everyPresetOfTheApiExistsAsOptions(MallocPreset preset) {
        // given
        var service = BrrServiceYaml.withSpec("malloc: {preset: %s}".formatted(preset));
        // when
        var decision = WantedTuning.decide(service.getSpec());
        // then
        assertThat(decision).isInstanceOf(Tuning.Decision.Tuned.class);
    }

    @ParameterizedTest
    @EnumSource
    void everyPresetOfOptionsExistsInTheApi(Preset preset) {
        // given
        // when
        var name = MallocPreset.valueOf(preset.value());
        // then
        assertThat(Preset.of(name.name())).contains(preset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "malloc: {}", "malloc: {options: {}}", "malloc: {preset: Balanced}", "resources: {}"})
    void balancedForTwoCpusIsTheDefault(String spec) {
        // given
        var service = BrrServiceYaml.withSpec(spec);
        // when
        var conf = render(WantedTuning.decide(service.getSpec()));
        // then
        assertThat(conf)
                .isEqualTo("abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0,"
                        + "prof:true,prof_active:false");
    }

    @Test
    void aServiceWithoutSpecGetsTheDefault() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var decision = WantedTuning.decide(service.getSpec());
        // then
        assertThat(decision)
                .isEqualTo(WantedTuning.decide(BrrServiceYaml.withSpec("{}").getSpec()));
    }

    @ParameterizedTest
    @CsvSource({
        "LowRss,     500m,  1",
        "LowRss,     4,     2",
        "Balanced,   500m,  1",
        "Balanced,   1,     1",
        "Balanced,   1001m, 2",
        "Balanced,   4,     4",
        "Balanced,   64,    8",
        "Throughput, 1,     4",
        "Throughput, 4,     16",
        "Profiling,  4,     4",
    })
    void theCpuLimitDecidesTheArenas(String preset, String cpu, String arenas) {
        // given
        var service = BrrServiceYaml.withSpec("""
                malloc: {preset: %s}
                resources: {limits: {cpu: %s}}
                """.formatted(preset, cpu));
        // when
        var decision = WantedTuning.decide(service.getSpec());
        // then
        assertThat(render(decision)).contains(",narenas:" + arenas + ",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources: {requests: {cpu: 7}}", "resources: {limits: {memory: 512Mi}}"})
    void onlyTheCpuLimitCounts(String spec) {
        // given
        var service = BrrServiceYaml.withSpec(spec);
        // when
        var decision = WantedTuning.decide(service.getSpec());
        // then
        assertThat(decision).isEqualTo(WantedTuning.decide(null));
    }

    @Test
    void ownOptionsWinOverThePresetAndTheLimit() {
        // given
        var service = BrrServiceYaml.withSpec("""
                malloc:
                  preset: LowRss
                  options: {narenas: "3", dirty_decay_ms: "250"}
                resources: {limits: {cpu: "1"}}
                """);
        // when
        var conf = render(WantedTuning.decide(service.getSpec()));
        // then
        assertThat(conf)
                .startsWith("abort_conf:true,")
                .contains("narenas:3", "dirty_decay_ms:250")
                .doesNotContain("narenas:1", "dirty_decay_ms:1000");
    }

    @Test
    void everyWrongOptionIsRefusedByName() {
        // given
        var service = BrrServiceYaml.withSpec("""
                malloc:
                  options: {no_such_option: "1", narenas: "many"}
                """);
        // when
        var decision = WantedTuning.decide(service.getSpec());
        // then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Tuning.Decision.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(MallocConfProblem::option)
                                .containsExactlyInAnyOrder("no_such_option", "narenas"));
    }

    @Test
    void anImageForArm64IsNotAskedForProfilesThatItsBuildLacks() {
        // given
        var service = BrrServiceYaml.withSpec("""
                image: {platforms: [linux/arm64]}
                resources: {limits: {cpu: "2"}}
                """);
        // when
        var conf = render(WantedTuning.decide(service.getSpec()));
        // then
        assertThat(conf)
                .isEqualTo("abort_conf:true,background_thread:true,narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0");
    }

    @Test
    void profilingForArm64IsRefused() {
        // given
        var service = BrrServiceYaml.withSpec("""
                image: {platforms: [linux/arm64]}
                malloc: {preset: Profiling}
                """);
        // when
        var decision = WantedTuning.decide(service.getSpec());
        // then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Tuning.Decision.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(MallocConfProblem::option)
                                .containsExactly("prof"));
    }

    private static String render(Tuning.Decision decision) {
        return switch (decision) {
            case Tuning.Decision.Tuned(var conf) -> conf.render();
            case Tuning.Decision.Refused(var problems) -> throw new AssertionError("refused: " + problems);
        };
    }
}

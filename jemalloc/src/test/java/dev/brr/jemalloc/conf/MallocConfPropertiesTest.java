package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.conf.MallocConf.Parsed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class MallocConfPropertiesTest {

    @Property
    void whatIsRenderedIsReadAsTheSame(@ForAll @From("confs") MallocConf conf) {
        assertThat(MallocConf.parse(conf.render())).isEqualTo(new Parsed.Valid(conf));
    }

    @Example
    void theConfsOfThesePropertiesAreNotTrivial() {
        // when
        List<Integer> sizes = ValidConfs.confs()
                .sampleStream()
                .limit(500)
                .map(conf -> conf.options().size())
                .toList();

        // then
        assertThat(sizes).filteredOn(size -> size >= 4).hasSizeGreaterThan(150);
        assertThat(sizes).filteredOn(size -> size == 0).hasSizeLessThan(100);
    }

    @Property
    void whatIsReadIsRenderedAsTheSameWithAbortConfFirst(@ForAll @From("almostConfs") String text) {
        if (MallocConf.parse(text) instanceof Parsed.Valid(MallocConf conf)) {
            String rest = ("," + text).replace(",abort_conf:true", "");
            assertThat(conf.render())
                    .isEqualTo(conf.options().containsKey("abort_conf") ? "abort_conf:true" + rest : text);
        }
    }

    @Property
    void aMapSaysTheSameAsAText(@ForAll @From("confs") MallocConf conf) {
        assertThat(MallocConf.of(conf.options())).isEqualTo(new Parsed.Valid(conf));
    }

    @Property
    void anyTextIsReadOrRefusedWithAPlaceInIt(@ForAll @StringLength(max = 60) String text) {
        placesLieIn(text);
    }

    @Property
    void almostAConfIsReadOrRefusedWithAPlaceInIt(@ForAll @From("almostConfs") String text) {
        placesLieIn(text);
    }

    @Property
    void oneMistakeInAConfIsFoundWhereItIs(
            @ForAll @From("confs") MallocConf conf, @ForAll @CharRange(from = 'A', to = 'Z') char mistake) {
        // given
        String prefix = conf.options().isEmpty() ? "" : conf.render() + ",";
        String text = prefix + "narenas_" + mistake + ":1";

        // when
        Parsed parsed = MallocConf.parse(text);

        // then
        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        assertThat(((Parsed.Invalid) parsed).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.position()).isEqualTo(prefix.length()));
    }

    @Property
    void saidTwiceIsADuplicate(@ForAll @From("confs") MallocConf conf) {
        // given
        String text = conf.render() + "," + conf.render();

        // when
        Parsed parsed = conf.options().isEmpty() ? new Parsed.Valid(conf) : MallocConf.parse(text);

        // then
        if (parsed instanceof Parsed.Invalid(List<MallocConfProblem> problems)) {
            assertThat(problems)
                    .hasSize(conf.options().size())
                    .extracting(MallocConfProblem::reason)
                    .containsOnly(MallocConfProblem.Reason.DUPLICATE_OPTION);
        } else {
            assertThat(conf.options()).isEmpty();
        }
    }

    @Property
    void mergedOptionsAreThoseOfTheOverride(
            @ForAll @From("confs") MallocConf base, @ForAll @From("confs") MallocConf override) {
        if (base.merge(override) instanceof Parsed.Valid(MallocConf merged)) {
            assertThat(merged.options()).containsAllEntriesOf(override.options());
            assertThat(MallocConf.parse(merged.render())).isEqualTo(new Parsed.Valid(merged));
        }
    }

    @Property
    void mergingWithItselfChangesNothing(@ForAll @From("confs") MallocConf conf) {
        assertThat(conf.merge(conf)).isEqualTo(new Parsed.Valid(conf));
    }

    @Property
    void everyPresetTakesEveryCpuLimit(@ForAll Preset preset, @ForAll @From("limits") CpuLimit limit) {
        // when
        MallocConf conf = preset.conf(limit);

        // then
        assertThat(MallocConf.parse(conf.render())).isEqualTo(new Parsed.Valid(conf));
        assertThat(preset.narenas(limit)).isBetween(1, 4094);
    }

    @Property
    void aDecisionKeepsAbortConfFirstAndEveryOverride(
            @ForAll Preset preset,
            @ForAll @From("confs") MallocConf overrides,
            @ForAll @From("limits") CpuLimit limit) {
        if (Tuning.decide(preset, overrides.options(), limit) instanceof Tuning.Decision.Tuned(MallocConf conf)) {
            assertThat(conf.render()).startsWith("abort_conf:true,");
            assertThat(conf.options()).containsAllEntriesOf(overrides.options());
        }
    }

    @Property
    void whatIsInEffectAsAskedIsNoMismatch(@ForAll @From("confs") MallocConf conf) {
        // given
        Map<String, String> effective = new HashMap<>(conf.options());
        Optional.ofNullable(effective.remove("lg_tcache_max"))
                .ifPresent(log -> effective.put("tcache_max", String.valueOf(1L << Integer.parseInt(log))));

        // then
        assertThat(TuningCheck.compare(conf, effective)).isEmpty();
    }

    private static void placesLieIn(String text) {
        if (MallocConf.parse(text) instanceof Parsed.Invalid(List<MallocConfProblem> problems)) {
            assertThat(problems).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.position()).isBetween(0, text.length());
                assertThat(problem.message()).isNotBlank();
            });
        }
    }

    @Provide
    Arbitrary<MallocConf> confs() {
        return ValidConfs.confs();
    }

    @Provide
    Arbitrary<String> almostConfs() {
        return Arbitraries.strings()
                .withChars("prof:true,_0-1 ")
                .ofMaxLength(12)
                .tuple2()
                .flatMap(noise -> ValidConfs.confs()
                        .map(conf -> String.join(",", Arrays.asList(noise.get1(), conf.render(), noise.get2()))));
    }

    @Provide
    Arbitrary<CpuLimit> limits() {
        return Arbitraries.integers()
                .between(1, 2_000_000)
                .map(CpuLimit::ofMillicores)
                .edgeCases(cases -> cases.add(CpuLimit.none()));
    }
}

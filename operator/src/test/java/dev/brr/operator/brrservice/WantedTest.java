package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.ImageStatus;
import dev.brr.jemalloc.conf.MallocConf;
import dev.brr.jemalloc.conf.MallocConfProblem;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTest {

    private static final ImageStatus IMAGE = new ImageStatus("registry.example:5000/shop/petstore", "sha256:1", "rev");
    private static final String REFERENCE = "registry.example:5000/shop/petstore@sha256:1";
    private static final String SCHEME = "security: {schemes: [{name: New, secretKeyRef: {name: a, key: a}}]}";
    private static final Tuning.Decision TUNED =
            new Tuning.Decision.Tuned(MallocConf.empty().with("narenas", "2").with("prof", "true"));
    private static final Tuning.Decision REFUSED = new Tuning.Decision.Refused(List.of(new MallocConfProblem(
            "x", MallocConfProblem.NO_POSITION, MallocConfProblem.Reason.UNKNOWN_OPTION, "x is unknown")));

    @Test
    void imageAndTuningAreATarget() {
        // given
        var wanted = wanted(IMAGE, TUNED);
        // when
        var target = wanted.target();
        // then
        assertThat(target).hasValueSatisfying(some -> {
            assertThat(some.image()).isEqualTo(REFERENCE);
            assertThat(some.mallocConf()).isEqualTo("narenas:2,prof:true");
            assertThat(some.buildInputs()).isEqualTo("inputs");
            assertThat(some.schemes()).isEmpty();
        });
    }

    @Test
    void withoutAnImageThereIsNoTarget() {
        // given
        var wanted = wanted(null, TUNED);
        // when
        var target = wanted.target();
        // then
        assertThat(target).isEmpty();
    }

    @Test
    void withARefusedTuningThereIsNoTarget() {
        // given
        var wanted = wanted(IMAGE, REFUSED);
        // when
        var target = wanted.target();
        // then
        assertThat(target).isEmpty();
        assertThat(wanted.mallocConf()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resources: {limits: {memory: 1Gi}}",
                "memory: {javaHeapPercent: 50}",
                "observability: {tracing: {endpoint: 'http://a'}}",
                "rollout: {progressDeadlineSeconds: 600}",
                "image: {pushSecretRef: {name: a}}",
                "security: {schemes: [{name: a, secretKeyRef: {name: a, key: a}}]}",
            })
    void whatMayLetPodsStartMakesItAnotherAttemptAtTheSame(String spec) {
        // given
        var plain = target("{}");
        // when
        var other = target(spec);
        // then
        assertThat(other.runsLike(plain)).isTrue();
        assertThat(other.hash()).isNotEqualTo(plain.hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 7",
                "autoscaling: {max: 3, cpu: 80}",
                "monitoring: {dashboard: false, alerts: false}",
                "image: {base: 'other:1'}",
            })
    void whatPodsDoNotGetMakesNoOtherAttempt(String spec) {
        // given
        var plain = target("{}");
        // when
        var other = target(spec);
        // then
        assertThat(other).isEqualTo(plain);
    }

    @Test
    void theSchemesOfTheSpecGoWithItsImage() {
        // given
        var wanted = wanted(IMAGE, TUNED, SCHEME);
        // when
        var target = wanted.target();
        // then
        assertThat(target.orElseThrow().schemes()).extracting(EnvVar::getName).containsExactly("BRR_CREDENTIAL__New");
    }

    @Test
    void whileTheTuningIsRefusedTheImageOfTheSpecHasItsSchemes() {
        // given
        var running = observed(new Target(REFERENCE, "narenas:1", "inputs"));
        // when
        var kept = wanted(IMAGE, REFUSED, SCHEME).keeping(running);
        // then
        assertThat(kept.current().orElseThrow().schemes())
                .extracting(EnvVar::getName)
                .containsExactly("BRR_CREDENTIAL__New");
        assertThat(kept.appliedTarget()).isEqualTo(running.appliedTarget());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situationsThatKeepTheSchemesOfBefore")
    void otherwiseAnImageKeepsTheSchemesThatItHas(String name, Wanted wanted, RolloutPlan.Observed observed) {
        // given
        // when
        var kept = wanted.keeping(observed);
        // then
        assertThat(kept).isEqualTo(observed);
    }

    static Stream<Arguments> situationsThatKeepTheSchemesOfBefore() {
        var running = observed(new Target(REFERENCE, "narenas:1", "inputs"));
        return Stream.of(
                Arguments.of("the image is not there", wanted(null, TUNED, SCHEME), running),
                Arguments.of(
                        "another image is there",
                        wanted(IMAGE, REFUSED, SCHEME),
                        observed(new Target("registry.example/other@sha256:9", "narenas:1", "inputs"))),
                Arguments.of("nothing is kept", wanted(IMAGE, TUNED, SCHEME), running),
                Arguments.of("nothing runs", wanted(IMAGE, REFUSED, SCHEME), RolloutPlan.Observed.NOTHING));
    }

    private static RolloutPlan.Observed observed(Target runs) {
        return new RolloutPlan.Observed(Optional.of(runs), Optional.of(runs.hash()), Optional.empty(), true);
    }

    private static Target target(String spec) {
        return wanted(IMAGE, TUNED, spec).target().orElseThrow();
    }

    private static Wanted wanted(@Nullable ImageStatus image, Tuning.Decision tuning) {
        return wanted(image, tuning, "{}");
    }

    private static Wanted wanted(@Nullable ImageStatus image, Tuning.Decision tuning, String spec) {
        return new Wanted(
                Finding.holds(ConditionType.ImageBuilt, Reason.Built, "built"),
                Optional.ofNullable(image),
                "inputs",
                tuning,
                Optional.empty(),
                BrrServiceYaml.withSpec(spec).getSpec());
    }
}

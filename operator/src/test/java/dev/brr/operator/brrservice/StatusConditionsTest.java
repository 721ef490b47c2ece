package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.brrservice.RolloutPlan.Keep;
import dev.brr.operator.brrservice.RolloutPlan.Nothing;
import dev.brr.operator.brrservice.RolloutPlan.RollBack;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.tuning.PodReading;
import dev.brr.operator.tuning.WantedTuning;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The conditions of a status; what else is in it is in {@code StatusFactoryTest}. */
class StatusConditionsTest extends StatusFactoryFixture {

    @Test
    void readyTellsHowManyPodsRun() {
        // given
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(condition(status, ConditionType.Ready).getMessage()).isEqualTo("2 of 2 pods run it, tuned as asked");
    }

    @Test
    void everyConditionIsAboutTheGenerationOfTheService() {
        // given
        service.getMetadata().setGeneration(8L);
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(status.observedGeneration()).isEqualTo(8L);
        assertThat(status.conditions())
                .extracting(Condition::getObservedGeneration)
                .containsOnly(8L);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unready")
    void readyRepeatsTheFirstThatFailsElseTheFirstThatPends(
            String situation,
            Finding image,
            RolloutPlan plan,
            Observation observation,
            Map<String, Optional<PodReading>> readings,
            Reason reason) {
        // given
        // when
        var status = statuses.status(service, wanted(image), plan, observation, readings);
        // then
        var ready = condition(status, ConditionType.Ready);
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo(reason.name());
        assertThat(conditions(status).stream().skip(1))
                .anyMatch(other -> other.getReason().equals(ready.getReason())
                        && other.getMessage().equals(ready.getMessage()));
    }

    @Test
    void aRefusedTuningNamesTheFieldTheOptionAndWhatGoesOn() {
        // given
        var tuning = WantedTuning.decide(BrrServiceYaml.withSpec("malloc: {options: {no_such_option: '1'}}")
                .getSpec());
        var wanted = new Wanted(BUILT, Optional.of(IMAGE), "inputs-1", tuning, Optional.empty(), null);
        // when
        var status =
                statuses.status(service, wanted, new Keep(OLDER, Optional.empty()), complete(), Map.of("a", TUNED));
        // then
        var applied = condition(status, ConditionType.TuningApplied);
        assertThat(applied.getStatus()).isEqualTo("False");
        assertThat(applied.getReason()).isEqualTo("MallocConfRefused");
        assertThat(applied.getMessage())
                .startsWith("spec.malloc.options: ")
                .contains("no_such_option")
                .endsWith("; the pods keep the tuning that they have");
        assertThat(condition(status, ConditionType.Ready).getReason()).isEqualTo("MallocConfRefused");
    }

    @Test
    void aDeploymentWhoseTuningSomebodyBrokeIsNotJudgedByIt() {
        // given
        var broken = new Target(TARGET.image(), "this is no configuration", "inputs-1");
        // when
        var status = statuses.status(
                service, wanted(BUILDING), new Keep(broken, Optional.empty()), nothing(), Map.of("a", TUNED));
        // then
        assertThat(condition(status, ConditionType.TuningApplied).getReason()).isEqualTo("Waiting");
    }

    @Test
    void beforeAnythingRunsTheTuningWaits() {
        // given
        // when
        var status = statuses.status(service, wanted(BUILDING), new Nothing(), nothing(), Map.of());
        // then
        assertThat(states(status))
                .containsExactly(
                        "Ready False Building",
                        "ImageBuilt Unknown Building",
                        "RolledOut Unknown Waiting",
                        "TuningApplied Unknown Waiting",
                        "DashboardPublished True DashboardPublished");
        assertThat(status.replicas()).isZero();
        assertThat(status.readyReplicas()).isZero();
        assertThat(status.image()).isNull();
        assertThat(status.lastGood()).isNull();
    }

    @Test
    void aServiceScaledToZeroIsNotReadyAndSaysThatNothingCanBeAsked() {
        // given
        var idle = BrrServiceYaml.withSpec("replicas: 0");
        var deployment = SampleCluster.counted(SampleCluster.applied(idle, TARGET), 0, 0, 0);
        // when
        var status = statuses.status(idle, wanted(BUILT), roll(), observe(deployment), Map.of());
        // then
        assertThat(states(status))
                .startsWith(
                        "Ready False ScaledToZero",
                        "ImageBuilt True Built",
                        "RolledOut True ScaledToZero",
                        "TuningApplied Unknown ScaledToZero");
    }

    @Test
    void aDashboardThatIsSwitchedOffDoesNotKeepTheServiceFromBeingReady() {
        // given
        var without = BrrServiceYaml.withSpec("replicas: 2\nmonitoring: {dashboard: false}");
        // when
        var status = statuses.status(without, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(states(status)).contains("Ready True ServiceReady", "DashboardPublished False DashboardDisabled");
    }

    @Test
    void aTransitionTimeIsThatOfTheChange() {
        // given
        service.setStatus(statuses.status(service, wanted(BUILT), roll(), nothing(), Map.of()));
        clock.pass(Duration.ofSeconds(42));
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), complete(), Map.of("a", TUNED));
        // then
        assertThat(condition(status, ConditionType.ImageBuilt).getLastTransitionTime())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(condition(status, ConditionType.Ready).getLastTransitionTime())
                .isEqualTo("2026-01-01T00:00:42Z");
    }

    static Stream<Arguments> unready() {
        var service = BrrServiceYaml.withSpec("replicas: 2");
        var applied = SampleCluster.applied(service, TARGET);
        var rolling = observe(SampleCluster.counted(applied, 2, 1, 1));
        var stuck = observe(SampleCluster.stuck(applied));
        var complete = observe(SampleCluster.counted(applied, 2, 2, 2));
        var nothing = new Observation(Optional.empty(), List.of());
        var keep = new Keep(OLDER, Optional.empty());
        return Stream.of(
                Arguments.of("first build", BUILDING, new Nothing(), nothing, Map.of(), Reason.Building),
                Arguments.of("next build", BUILDING, keep, complete, Map.of("a", TUNED), Reason.Building),
                Arguments.of("bad document", INVALID, keep, complete, Map.of("a", TUNED), Reason.DocumentInvalid),
                Arguments.of(
                        "bad document before anything ran",
                        INVALID,
                        new Nothing(),
                        nothing,
                        Map.of(),
                        Reason.DocumentInvalid),
                Arguments.of("rolling", BUILT, roll(), rolling, Map.of("a", TUNED), Reason.RollingOut),
                Arguments.of(
                        "pods not asked", BUILT, roll(), complete, Map.of("a", Optional.empty()), Reason.TuningUnread),
                Arguments.of("pods silent", BUILT, roll(), complete, Map.of("a", SILENT), Reason.TuningUnread),
                Arguments.of("no pod to ask", BUILT, roll(), complete, Map.of(), Reason.TuningUnread),
                Arguments.of("mistuned", BUILT, roll(), complete, Map.of("a", MISTUNED), Reason.TuningIgnored),
                Arguments.of(
                        "mistuned while rolling", BUILT, roll(), rolling, Map.of("a", MISTUNED), Reason.TuningIgnored),
                Arguments.of("stuck", BUILT, roll(), stuck, Map.of(), Reason.RolloutFailed),
                Arguments.of(
                        "rolled back",
                        BUILT,
                        new RollBack(OLDER, TARGET.hash()),
                        complete,
                        Map.of("a", TUNED),
                        Reason.RolledBack),
                Arguments.of("image before rollout", INVALID, roll(), stuck, Map.of(), Reason.DocumentInvalid));
    }

    @Test
    void aForeignAnnotationOnTheDeploymentMakesNothingFlicker() {
        // given: everything is Ready, then the Deployment's generation is raised and not observed yet
        var answers = Map.of("a", TUNED);
        var told = statuses.status(service, wanted(BUILT), roll(), complete(), answers);
        service.setStatus(told);
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), appliedAndNotObserved(), answers);
        // then
        assertThat(condition(told, ConditionType.Ready).getStatus()).isEqualTo("True");
        assertThat(status).isEqualTo(told);
    }

    @Test
    void theTuningWaitsForPodsThatOnlyGetNewLimits() {
        // given: image and tuning are those of before, so that every old pod has the wanted tuning
        var deployment = SampleCluster.counted(SampleCluster.applied(service, TARGET), 3, 1, 3);
        // when
        var status = statuses.status(
                service,
                wanted(BUILT),
                roll(),
                observe(deployment),
                Map.of("old", TUNED, "older", TUNED, "new", TUNED));
        // then
        var tuning = condition(status, ConditionType.TuningApplied);
        assertThat(tuning.getStatus()).isEqualTo("Unknown");
        assertThat(tuning.getReason()).isEqualTo("RollingOut");
        assertThat(tuning.getMessage()).isEqualTo("pods that have it are being replaced: 1 of 2 are new");
        assertThat(condition(status, ConditionType.Ready).getMessage()).isEqualTo("1 of 2 pods run it");
    }

    @Test
    void theTuningWaitsFromTheMomentThatNewLimitsAreApplied() {
        // given
        var answers = Map.of("a", TUNED);
        service.setStatus(statuses.status(service, wanted(BUILT), roll(), complete(), answers));
        service.getMetadata().setGeneration(service.getMetadata().getGeneration() + 1);
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), appliedAndNotObserved(), answers);
        // then
        assertThat(condition(status, ConditionType.TuningApplied).getMessage())
                .isEqualTo("pods that have it are being replaced: none is known to be new yet");
    }

    @Test
    void aNewPodWithoutTheTuningIsToldBeforeTheRestAreReplaced() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(service, TARGET), 3, 1, 3);
        // when
        var status = statuses.status(
                service, wanted(BUILT), roll(), observe(deployment), Map.of("old", TUNED, "new", MISTUNED));
        // then
        assertThat(condition(status, ConditionType.TuningApplied).getReason()).isEqualTo("TuningIgnored");
    }

    @Test
    void morePodsOfTheSameTemplateDoNotMakeTheTuningFlicker() {
        // given: the autoscaler asked for a third
        var deployment = SampleCluster.counted(SampleCluster.applied(service, TARGET), 3, 3, 2);
        // when
        var status =
                statuses.status(service, wanted(BUILT), roll(), observe(deployment), Map.of("a", TUNED, "b", TUNED));
        // then
        assertThat(condition(status, ConditionType.TuningApplied).getStatus()).isEqualTo("True");
    }

    @Test
    void aRefusedDocumentSaysThatTheRestOfTheSpecTakesEffect() {
        // given: new limits with a document that is refused; one pod has them
        service.setStatus(before());
        var deployment = SampleCluster.counted(SampleCluster.applied(service, OLDER), 3, 1, 3);
        // when
        var status = statuses.status(
                service,
                wanted(INVALID),
                new Keep(OLDER, Optional.empty()),
                observe(deployment),
                Map.of("a", TUNED, "b", TUNED));
        // then
        assertThat(condition(status, ConditionType.RolledOut).getMessage())
                .isEqualTo(
                        "the image and tuning of before go on serving, with that image's security schemes and all"
                                + " else as the spec says now, until the spec's image and tuning can be had; 1 of 2 pods are so");
        assertThat(condition(status, ConditionType.TuningApplied).getReason()).isEqualTo("RollingOut");
        assertThat(condition(status, ConditionType.Ready).getReason()).isEqualTo("DocumentInvalid");
    }

    @Test
    void anotherSpecIsNotToldToBeRolledOutBeforeItIsObserved() {
        // given
        var answers = Map.of("a", TUNED);
        service.setStatus(statuses.status(service, wanted(BUILT), roll(), complete(), answers));
        service.getMetadata().setGeneration(service.getMetadata().getGeneration() + 1);
        // when
        var status = statuses.status(service, wanted(BUILT), roll(), appliedAndNotObserved(), answers);
        // then
        assertThat(condition(status, ConditionType.RolledOut).getStatus()).isEqualTo("Unknown");
    }

    @Test
    void aRollbackSaysWhyEvenWhenThePodsThatFailedAreGone() {
        // given: the pod that failed ends already when the rollback is applied
        var plan = new RollBack(OLDER, TARGET.hash());
        var deployment = SampleCluster.counted(SampleCluster.applied(service, OLDER, plan), 2, 2, 2);
        var failed = SampleCluster.waiting("a", TARGET, SampleCluster.endedBefore("Error", 1));
        var ending = new Observation(Optional.of(deployment), List.of(), List.of(failed));
        // when
        var first = statuses.status(service, wanted(BUILT), plan, ending, Map.of());
        service.setStatus(first);
        var then = statuses.status(service, wanted(BUILT), plan, observe(deployment), Map.of());
        // then
        assertThat(condition(first, ConditionType.RolledOut).getMessage())
                .startsWith("the rollout failed (last ended Error with exit code 1); running the last good image");
        assertThat(then).isEqualTo(first);
    }

    /** Returns what is complete, but for a change of the Deployment that its controller has not seen. */
    private Observation appliedAndNotObserved() {
        var applied = complete();
        var metadata = applied.deployment().orElseThrow().getMetadata();
        metadata.setGeneration(metadata.getGeneration() + 1);
        return applied;
    }
}

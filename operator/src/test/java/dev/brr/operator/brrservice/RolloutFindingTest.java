package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.kubernetes.Status;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutFindingTest {

    private static final BrrService SERVICE = BrrServiceYaml.withSpec("replicas: 2");
    private static final Target TARGET = SampleCluster.TARGET;
    private static final RolloutPlan ROLL = new RolloutPlan.Roll(TARGET, Change.None);
    private static final RolloutPlan BACK = new RolloutPlan.RollBack(TARGET, "0123456789abcdef");
    private static final String CRASH = "back-off 10s restarting failed container";

    private static final String KEPT =
            "the image and tuning of before go on serving, with that image's security schemes and all else as the spec"
                    + " says now, until the spec's image and tuning can be had";
    private static final RolloutPlan KEEP = new RolloutPlan.Keep(TARGET, Optional.empty());

    @ParameterizedTest(name = "{0}")
    @MethodSource("plansWithoutARollout")
    void aPlanThatRollsNothingSaysWhy(String name, RolloutPlan plan, Status status, Reason reason, String message) {
        // given
        var deployment = Optional.of(SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), 2, 2, 2));
        // when
        var finding = RolloutFinding.judge(plan, deployment, List.of());
        // then
        assertThat(finding).isEqualTo(new Finding(ConditionType.RolledOut, status, reason, message));
    }

    static Stream<Arguments> plansWithoutARollout() {
        return Stream.of(
                Arguments.of(
                        "nothing",
                        new RolloutPlan.Nothing(),
                        Status.Unknown,
                        Reason.Waiting,
                        "nothing runs until image and tuning can be had"),
                Arguments.of(
                        "keep", new RolloutPlan.Keep(TARGET, Optional.empty()), Status.Unknown, Reason.Waiting, KEPT),
                Arguments.of(
                        "rolled back",
                        new RolloutPlan.RollBack(TARGET, "0123456789abcdef"),
                        Status.False,
                        Reason.RolledBack,
                        "the rollout failed; running the last good image %s with %s until the spec changes"
                                .formatted(TARGET.image(), TARGET.mallocConf())));
    }

    @Test
    void whatIsKeptSaysHowFarItsPodsHaveTheRestOfTheSpec() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), 3, 1, 3);
        // when
        var finding = RolloutFinding.judge(KEEP, Optional.of(deployment), List.of());
        // then
        assertThat(finding)
                .isEqualTo(Finding.pends(ConditionType.RolledOut, Reason.Waiting, KEPT + "; 1 of 2 pods are so"));
    }

    @Test
    void whatIsKeptSaysWhyItsPodsDoNotStartWithTheRestOfTheSpec() {
        // given
        var deployment = SampleCluster.stuck(SampleCluster.applied(SERVICE, TARGET));
        var pod = SampleCluster.waiting("a", TARGET, SampleCluster.waits("CrashLoopBackOff", CRASH));
        // when
        var finding = RolloutFinding.judge(KEEP, Optional.of(deployment), List.of(pod));
        // then
        assertThat(finding.message()).isEqualTo(KEPT + "; 0 of 2 pods are so: CrashLoopBackOff (" + CRASH + ")");
    }

    @Test
    void whatIsKeptDoesNotFlickerForWhatIsNotObservedYet() {
        // given
        var fresh = SampleCluster.applied(SERVICE, TARGET);
        // when
        // then
        assertThat(RolloutFinding.judge(KEEP, Optional.of(fresh), List.of()).message())
                .isEqualTo(KEPT);
        assertThat(RolloutFinding.judge(KEEP, Optional.empty(), List.of()).message())
                .isEqualTo(KEPT);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 1 of 2 are new",
        "3, 2, 2 of 2 are new",
        "2, 0, 0 of 2 are new",
        "2, 2, ",
        "3, 3, ",
        "1, 1, ",
        "0, 0, ",
    })
    void podsOfAnOlderTemplateAreCounted(int pods, int updated, String words) {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), pods, updated, updated);
        // when
        var replacement = RolloutFinding.replacement(pends("any"), Optional.of(deployment));
        // then
        assertThat(replacement).isEqualTo(Optional.ofNullable(words));
    }

    @Test
    void whatIsAppliedAndNotObservedReplacesPodsOnlyIfItRollsOut() {
        // given
        var deployment = Optional.of(SampleCluster.applied(SERVICE, TARGET));
        var told = Finding.holds(ConditionType.RolledOut, Reason.RolloutComplete, "2 of 2 pods run it");
        // when
        // then
        assertThat(RolloutFinding.replacement(pends("the Deployment was applied"), deployment))
                .contains("none is known to be new yet");
        assertThat(RolloutFinding.replacement(told, deployment)).isEmpty();
        assertThat(RolloutFinding.replacement(pends("any"), Optional.empty())).isEmpty();
    }

    @Test
    void beforeTheDeploymentIsThereItIsBeingApplied() {
        // given
        Optional<Deployment> none = Optional.empty();
        // when
        var finding = RolloutFinding.judge(ROLL, none, List.of());
        // then
        assertThat(finding).isEqualTo(pends("the Deployment is being applied"));
    }

    @Test
    void aDeploymentOfAnotherTargetIsBeingApplied() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, SampleCluster.OTHER), 2, 2, 2);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding).isEqualTo(pends("the Deployment is being applied"));
    }

    @Test
    void aDeploymentWhoseControllerHasNotSeenItWasApplied() {
        // given
        var deployment = SampleCluster.applied(SERVICE, TARGET);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding).isEqualTo(pends("the Deployment was applied"));
    }

    @Test
    void countsOfAnEarlierGenerationSayNothing() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), 2, 2, 2);
        deployment.getMetadata().setGeneration(6L);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding).isEqualTo(pends("the Deployment was applied"));
    }

    @ParameterizedTest
    @CsvSource({
        // replicas, updated, available, status, message
        "2, 2, 2, True,    2 of 2 pods run it",
        "0, 0, 0, Unknown, 0 of 2 pods run it",
        "1, 1, 1, Unknown, 1 of 2 pods run it",
        "2, 1, 2, Unknown, 1 of 2 pods run it",
        "2, 2, 1, Unknown, 1 of 2 pods run it",
        "2, 0, 2, Unknown, 0 of 2 pods run it",
        "3, 1, 2, Unknown, 0 of 2 pods run it",
        "3, 2, 2, Unknown, 1 of 2 pods run it",
        "3, 2, 3, Unknown, 2 of 2 pods run it",
    })
    void itIsCompleteWhenAllPodsAreNewAvailableAndAlone(
            int replicas, int updated, int available, Status status, String message) {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), replicas, updated, available);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding.status()).isEqualTo(status);
        assertThat(finding.reason()).isEqualTo(status == Status.True ? Reason.RolloutComplete : Reason.RollingOut);
        assertThat(finding.message()).isEqualTo(message);
    }

    @Test
    void countsThatTheControllerLeavesOutAreZero() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), 0, 0, 0);
        deployment.getStatus().setReplicas(null);
        deployment.getStatus().setUpdatedReplicas(null);
        deployment.getStatus().setAvailableReplicas(null);
        deployment.getStatus().setUnavailableReplicas(null);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding).isEqualTo(pends("0 of 2 pods run it"));
    }

    @Test
    void noReplicasAreScaledToZero() {
        // given
        var idle = BrrServiceYaml.withSpec("replicas: 0");
        var deployment = SampleCluster.counted(SampleCluster.applied(idle, TARGET), 0, 0, 0);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding)
                .isEqualTo(Finding.holds(ConditionType.RolledOut, Reason.ScaledToZero, "0 of 0 pods run it"));
    }

    @Test
    void theLastPodThatStillEndsIsNotScaledToZeroYet() {
        // given
        var idle = BrrServiceYaml.withSpec("replicas: 0");
        var deployment = SampleCluster.counted(SampleCluster.applied(idle, TARGET), 1, 1, 1);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding.status()).isEqualTo(Status.Unknown);
    }

    @Test
    void theNumberThatAnAutoscalerSetCounts() {
        // given
        var scaled = BrrServiceYaml.withSpec("autoscaling: {min: 1, max: 5, cpu: 80}");
        var deployment = SampleCluster.counted(SampleCluster.applied(scaled, TARGET), 4, 4, 4);
        deployment.getSpec().setReplicas(4);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding)
                .isEqualTo(Finding.holds(ConditionType.RolledOut, Reason.RolloutComplete, "4 of 4 pods run it"));
    }

    @Test
    void withoutANumberThereIsOnePodAsKubernetesHasIt() {
        // given
        var scaled = BrrServiceYaml.withSpec("autoscaling: {min: 1, max: 5, cpu: 80}");
        var deployment = SampleCluster.counted(SampleCluster.applied(scaled, TARGET), 1, 1, 1);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding.message()).isEqualTo("1 of 1 pods run it");
    }

    @Test
    void aPassedDeadlineIsAFailureThatNamesTheField() {
        // given
        var deployment = SampleCluster.stuck(SampleCluster.applied(SERVICE, TARGET));
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding)
                .isEqualTo(Finding.fails(
                        ConditionType.RolledOut,
                        Reason.RolloutFailed,
                        "no progress within spec.rollout.progressDeadlineSeconds"));
    }

    @Test
    void aRollbackSaysWhatThePodsSufferedFrom() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), 3, 2, 2);
        var good = SampleCluster.waiting("a", TARGET, SampleCluster.endedBefore("Error", 1));
        var bad = SampleCluster.waiting("b", SampleCluster.OTHER, SampleCluster.waits("CrashLoopBackOff", CRASH));
        // when
        var finding = RolloutFinding.judge(BACK, Optional.of(deployment), List.of(good, bad));
        // then
        assertThat(finding.message())
                .startsWith("the rollout failed (CrashLoopBackOff (" + CRASH + ")); running the last good image ")
                .contains(TARGET.image());
    }

    @Test
    void aRollbackGoesOnSayingItWhenThosePodsAreGone() {
        // given
        var bad = SampleCluster.waiting("b", SampleCluster.OTHER, SampleCluster.waits("CrashLoopBackOff", CRASH));
        var said = RolloutFinding.judge(BACK, Optional.empty(), List.of(bad));
        // when
        var still = RolloutFinding.stillRolledBack(BACK, condition(said));
        // then
        assertThat(still).contains(said);
    }

    @Test
    void nothingIsRepeatedOfAnotherRollbackOrOfNone() {
        // given
        var said = RolloutFinding.judge(BACK, Optional.empty(), List.of());
        var other = new RolloutPlan.RollBack(SampleCluster.OTHER, "0123456789abcdef");
        // when
        var repeated = List.of(
                RolloutFinding.stillRolledBack(BACK, Optional.empty()),
                RolloutFinding.stillRolledBack(other, condition(said)),
                RolloutFinding.stillRolledBack(ROLL, condition(said)),
                RolloutFinding.stillRolledBack(BACK, condition(pends(said.message()))));
        // then
        assertThat(repeated).allMatch(Optional::isEmpty);
    }

    private static Optional<Condition> condition(Finding finding) {
        return Optional.of(new ConditionBuilder()
                .withType(finding.type().name())
                .withReason(finding.reason().name())
                .withMessage(finding.message())
                .build());
    }

    private static Finding pends(String message) {
        return Finding.pends(ConditionType.RolledOut, Reason.RollingOut, message);
    }
}

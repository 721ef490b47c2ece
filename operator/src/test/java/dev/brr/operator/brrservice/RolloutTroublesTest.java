package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rollout that goes on or has failed is said to be held up by. */
class RolloutTroublesTest {

    private static final BrrService SERVICE = BrrServiceYaml.withSpec("replicas: 2");
    private static final Target TARGET = SampleCluster.TARGET;
    private static final RolloutPlan ROLL = new RolloutPlan.Roll(TARGET, Change.None);
    private static final String CRASH = "back-off 10s restarting failed container";

    @Test
    void aPassedDeadlineNamesWhatTheContainersSay() {
        // given
        var deployment = SampleCluster.stuck(SampleCluster.applied(SERVICE, TARGET));
        var pod = waiting("a", SampleCluster.waits("CrashLoopBackOff", CRASH));
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of(pod));
        // then
        assertThat(finding.message())
                .isEqualTo("no progress within spec.rollout.progressDeadlineSeconds: CrashLoopBackOff (" + CRASH + ")");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void whatHoldsPodsUpIsNamedAsTheKubeletSaysIt(String name, List<Pod> pods, String troubles) {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), 2, 1, 1);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), pods);
        // then
        assertThat(finding).isEqualTo(pends("0 of 2 pods run it" + troubles));
    }

    static Stream<Arguments> troubles() {
        var crashing = new ContainerStatusBuilder(SampleCluster.waits("CrashLoopBackOff", CRASH))
                .withLastState(SampleCluster.endedBefore("OOMKilled", 137).getLastState())
                .build();
        var ended = new ContainerStatusBuilder(SampleCluster.endedBefore("Error", 1))
                .withState(SampleCluster.endedBefore("Error", 2).getLastState())
                .build();
        var unknown = SampleCluster.starting("a", TARGET);
        unknown.setStatus(null);
        return Stream.of(
                Arguments.of("no pod", List.of(), ""),
                Arguments.of("a pod that starts", List.of(SampleCluster.starting("a", TARGET)), ""),
                Arguments.of("a pod without status", List.of(unknown), ""),
                Arguments.of(
                        "a pod without a node",
                        List.of(unscheduled("0/3 nodes are available: 3 Insufficient memory.")),
                        ": Unschedulable (0/3 nodes are available: 3 Insufficient memory.)"),
                Arguments.of("a pod without a node or a word", List.of(unscheduled(null)), ": Unschedulable"),
                Arguments.of(
                        "a container that is being created",
                        List.of(waiting("a", SampleCluster.waits("ContainerCreating", ""))),
                        ""),
                Arguments.of(
                        "a container without state",
                        List.of(waiting(
                                "a",
                                new ContainerStatusBuilder().withName("service").build())),
                        ""),
                Arguments.of(
                        "an image that cannot be pulled",
                        List.of(waiting("a", SampleCluster.waits("ImagePullBackOff", "not found"))),
                        ": ImagePullBackOff (not found)"),
                Arguments.of(
                        "no message",
                        List.of(waiting("a", SampleCluster.waits("CreateContainerConfigError", ""))),
                        ": CreateContainerConfigError"),
                Arguments.of(
                        "a container that was killed and runs again",
                        List.of(waiting("a", SampleCluster.endedBefore("OOMKilled", 137))),
                        ": last ended OOMKilled with exit code 137"),
                Arguments.of(
                        "a container that has ended just now",
                        List.of(waiting("a", ended)),
                        ": last ended Error with exit code 2"),
                Arguments.of(
                        "a container that waits after it was killed",
                        List.of(waiting("a", crashing)),
                        ": CrashLoopBackOff (" + CRASH + "), last ended OOMKilled with exit code 137"),
                Arguments.of(
                        "two pods with one cause",
                        List.of(waiting("a", crashing), waiting("b", crashing)),
                        ": CrashLoopBackOff (" + CRASH + "), last ended OOMKilled with exit code 137"),
                Arguments.of(
                        "two pods with two causes",
                        List.of(
                                waiting("a", SampleCluster.waits("ImagePullBackOff", "")),
                                waiting("b", SampleCluster.endedBefore("Error", 1))),
                        ": ImagePullBackOff; last ended Error with exit code 1"));
    }

    @Test
    void aQuotaThatRefusesPodsIsNamedWithoutTheNameOfThePodThatWasTried() {
        // given
        var deployment =
                failing("FailedCreate", "True", "pods \"petstore-5d8f7-x2x4z\" is forbidden: exceeded quota: few");
        // when
        var going = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        deployment.getStatus().getConditions().getFirst().setReason("ProgressDeadlineExceeded");
        var failed = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(going)
                .isEqualTo(pends("0 of 2 pods run it: FailedCreate (pods are forbidden: exceeded quota: few)"));
        assertThat(failed.message()).endsWith(": FailedCreate (pods are forbidden: exceeded quota: few)");
    }

    @Test
    void aQuotaThatRefusedPodsOnceIsNotNamed() {
        // given
        var deployment = failing("FailedCreate", "False", "pods \"petstore-5d8f7-x2x4z\" is forbidden");
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding).isEqualTo(pends("0 of 2 pods run it"));
    }

    @Test
    void aDeploymentThatSomebodyPausedSaysHowItGoesOn() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), 2, 1, 1);
        deployment.getSpec().setPaused(true);
        // when
        var finding = RolloutFinding.judge(ROLL, Optional.of(deployment), List.of());
        // then
        assertThat(finding)
                .isEqualTo(pends("0 of 2 pods run it: the Deployment is paused, kubectl rollout resume lets it go on"));
    }

    private static Deployment failing(String reason, String status, String message) {
        var deployment = SampleCluster.counted(SampleCluster.applied(SERVICE, TARGET), 1, 0, 1);
        return new DeploymentBuilder(deployment)
                .editStatus()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod unscheduled(@Nullable String message) {
        return new PodBuilder(SampleCluster.starting("a", TARGET))
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod waiting(String name, ContainerStatus status) {
        return SampleCluster.waiting(name, TARGET, status);
    }

    private static Finding pends(String message) {
        return Finding.pends(ConditionType.RolledOut, Reason.RollingOut, message);
    }
}

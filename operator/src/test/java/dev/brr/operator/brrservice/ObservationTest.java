package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.brrservice.RolloutPlan.Observed;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final Target TARGET = SampleCluster.TARGET;
    private static final Target OTHER = SampleCluster.OTHER;
    private static final Target OTHER_TUNING = new Target(TARGET.image(), "abort_conf:true,narenas:2", "inputs-1");

    private final BrrService service = BrrServiceYaml.withSpec("replicas: 2");

    @Test
    void withoutADeploymentNothingRuns() {
        // given
        var observation = new Observation(Optional.empty(), List.of());
        // when
        var rollout = observation.rollout();
        // then
        assertThat(rollout).isEqualTo(Observed.NOTHING);
    }

    @Test
    void anAppliedTargetIsObservedAsItIs() {
        // given
        var deployment = SampleCluster.applied(service, TARGET);
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout).isEqualTo(new Observed(Optional.of(TARGET), Optional.empty(), false));
    }

    @Test
    void aRollbackIsRememberedByTheDeployment() {
        // given
        var plan = new RolloutPlan.RollBack(TARGET, OTHER.hash());
        var deployment = SampleCluster.applied(service, TARGET, plan);
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.failedTarget()).contains(OTHER.hash());
    }

    @Test
    void aRollbackIsRememberedWhileTheNextImageIsBuilt() {
        // given
        var plan = new RolloutPlan.Keep(TARGET, Optional.of(OTHER.hash()));
        var deployment = SampleCluster.applied(service, TARGET, plan);
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.failedTarget()).contains(OTHER.hash());
    }

    @Test
    void aNewRolloutForgetsTheOneThatFailed() {
        // given
        var plan = new RolloutPlan.Roll(TARGET, Change.Rebuild);
        var deployment = SampleCluster.applied(service, TARGET, plan);
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.failedTarget()).isEmpty();
    }

    @Test
    void aDeadlineThatHasPassedIsSeen() {
        // given
        var deployment = SampleCluster.stuck(SampleCluster.applied(service, TARGET));
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.deadlineExceeded()).isTrue();
    }

    @Test
    void aRolloutThatGoesOnHasNotFailed() {
        // given
        var deployment = SampleCluster.counted(SampleCluster.applied(service, TARGET), 2, 1, 1);
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.deadlineExceeded()).isFalse();
    }

    @Test
    void theDeadlineOfAnEarlierGenerationSaysNothingAboutThisOne() {
        // given
        var deployment = SampleCluster.stuck(SampleCluster.applied(service, TARGET));
        deployment.getMetadata().setGeneration(6L);
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.deadlineExceeded()).isFalse();
    }

    @Test
    void aDeploymentWithoutAnnotationsHasNoInputsAndNoFailure() {
        // given
        var deployment = SampleCluster.applied(service, TARGET);
        deployment.getMetadata().setAnnotations(null);
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.current()).contains(new Target(TARGET.image(), TARGET.mallocConf(), ""));
        assertThat(rollout.failedTarget()).isEmpty();
    }

    @Test
    void aDeploymentWithoutMallocConfRunsWithoutTuning() {
        // given
        var deployment = SampleCluster.applied(service, TARGET);
        container(deployment).setEnv(List.of());
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.current()).map(Target::mallocConf).contains("");
    }

    @Test
    void aDeploymentWithoutOurContainerRunsNothingOfOurs() {
        // given
        var deployment = SampleCluster.applied(service, TARGET);
        container(deployment).setName("sidecar");
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(rollout.current()).isEmpty();
    }

    @Test
    void onlyReadyPodsOfTheTargetCanBeAsked() {
        // given
        var observation = observe(
                SampleCluster.ready("a", TARGET),
                SampleCluster.starting("b", TARGET),
                SampleCluster.ready("c", OTHER),
                SampleCluster.ready("d", OTHER_TUNING));
        // when
        var pods = observation.readyPods(TARGET);
        // then
        assertThat(names(pods)).containsExactly("a");
    }

    @Test
    void howTheImageCameToBeMakesNoDifferenceToItsPods() {
        // given
        var observation = observe(SampleCluster.ready("a", TARGET));
        // when
        var pods = observation.readyPods(new Target(TARGET.image(), TARGET.mallocConf(), "inputs-9"));
        // then
        assertThat(names(pods)).containsExactly("a");
    }

    @Test
    void aPodWithoutAnAddressCannotBeAsked() {
        // given
        var pod = SampleCluster.ready("a", TARGET);
        pod.getStatus().setPodIP(null);
        // when
        var pods = observe(pod).readyPods(TARGET);
        // then
        assertThat(pods).isEmpty();
    }

    @Test
    void aPodThatWasNeverScheduledCannotBeAsked() {
        // given
        var pod = SampleCluster.ready("a", TARGET);
        pod.setStatus(null);
        // when
        var pods = observe(pod).readyPods(TARGET);
        // then
        assertThat(pods).isEmpty();
    }

    @Test
    void aPodWhoseTuningComesFromElsewhereIsNotOfTheTarget() {
        // given
        var pod = SampleCluster.ready("a", TARGET);
        pod.getSpec().getContainers().getFirst().setEnv(List.of(new EnvVar("MALLOC_CONF", null, null)));
        // when
        var pods = observe(pod).readyPods(TARGET);
        // then
        assertThat(pods).isEmpty();
    }

    private static Observation observe(Deployment deployment) {
        return new Observation(Optional.of(deployment), List.of());
    }

    private static Observation observe(Pod... pods) {
        return new Observation(Optional.empty(), List.of(pods));
    }

    private static Container container(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }
}

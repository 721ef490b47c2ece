package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.brrservice.RolloutPlan.Observed;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
        assertThat(rollout)
                .isEqualTo(new Observed(Optional.of(TARGET), Optional.of(TARGET.hash()), Optional.empty(), false));
    }

    @Test
    void securitySchemesAreObservedAsTheyWereApplied() {
        // given
        var schemes = ServiceEnvironment.schemes(
                BrrServiceYaml.withSpec("""
                        security:
                          schemes:
                            - {name: ApiKeyHeader, secretKeyRef: {name: petstore-keys, key: apiKey}}
                            - {name: OAuth, jwt: {issuer: https://id/, audience: pets, leewaySeconds: 5}}
                        """).getSpec().security());
        var deployment = SampleCluster.applied(service, TARGET.with(schemes));
        // when
        var rollout = observe(deployment).rollout();
        // then
        assertThat(schemes).hasSize(4);
        assertThat(rollout.current()).contains(TARGET.with(schemes));
        assertThat(rollout.appliedTarget()).contains(TARGET.with(schemes).hash());
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("podsAfterTheDeadline")
    void aDeadlineThatHasPassedCountsUnlessAPodMayStillStart(String name, Pod pod, boolean exceeded) {
        // given
        var deployment = SampleCluster.stuck(SampleCluster.applied(service, TARGET));
        deployment.getStatus().getConditions().getFirst().setLastUpdateTime("2026-01-01T00:02:00Z");
        // when
        var rollout = new Observation(Optional.of(deployment), List.of(pod)).rollout();
        // then
        assertThat(rollout.deadlineExceeded()).isEqualTo(exceeded);
    }

    static Stream<Arguments> podsAfterTheDeadline() {
        var unscheduled = SampleCluster.starting("a", TARGET);
        unscheduled.setStatus(null);
        var sidecar = running("2026-01-01T00:02:30Z", 0);
        sidecar.setName("sidecar");
        var readySince = SampleCluster.ready("a", TARGET);
        readySince.getStatus().getContainerStatuses().add(running("2026-01-01T00:02:01Z", 0));
        return Stream.of(
                Arguments.of("of which nothing is told", SampleCluster.starting("a", TARGET), true),
                Arguments.of("never scheduled", unscheduled, true),
                Arguments.of("began before", waiting(running("2026-01-01T00:01:59Z", 0)), true),
                Arguments.of("began as it passed", waiting(running("2026-01-01T00:02:00Z", 0)), false),
                Arguments.of("began after", waiting(running("2026-01-01T00:02:01Z", 0)), false),
                Arguments.of("began after and is ready, as one of before on another node", readySince, true),
                Arguments.of(
                        "began after, of another target",
                        SampleCluster.waiting("a", OTHER, running("2026-01-01T00:02:01Z", 0)),
                        true),
                Arguments.of("began after for the second time", waiting(running("2026-01-01T00:02:01Z", 1)), true),
                Arguments.of("began after, by a sidecar", waiting(sidecar), true),
                Arguments.of(
                        "waits for its image", waiting(SampleCluster.waits("ImagePullBackOff", "not found")), true),
                Arguments.of("waits for a Secret", withKey("secret \"keys\" not found"), false),
                Arguments.of("waits for a key", withKey("couldn't find key k in Secret shop/keys"), false),
                Arguments.of("waits for something else", withKey("secret \"other\" not found"), true));
    }

    @Test
    void aDeadlineWithoutATimeHasPassedForEveryPod() {
        // given
        var deployment = SampleCluster.stuck(SampleCluster.applied(service, TARGET));
        var pod = waiting(running("2026-01-01T00:02:01Z", 0));
        // when
        var rollout = new Observation(Optional.of(deployment), List.of(pod)).rollout();
        // then
        assertThat(rollout.deadlineExceeded()).isTrue();
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

    @ParameterizedTest
    @CsvSource({
        "brr-operator,            Apply,  f:replicas, 7",
        "brr-operator,            Apply,  f:template, ",
        "brr-operator,            Update, f:replicas, ",
        "kube-controller-manager, Update, f:replicas, ",
        "kubectl,                 Apply,  f:replicas, ",
    })
    void theNumberOfPodsIsTheOperatorsAsLongAsItStatesIt(
            String manager, String operation, String field, @Nullable Integer stated) {
        // given
        var deployment = SampleCluster.applied(service, TARGET);
        deployment.getSpec().setReplicas(7);
        deployment.getMetadata().setManagedFields(List.of(fields(manager, operation, field)));
        // when
        var replicas = observe(deployment).statedReplicas();
        // then
        assertThat(replicas).isEqualTo(Optional.ofNullable(stated));
    }

    @Test
    void ofADeploymentWithoutManagedFieldsNothingIsStated() {
        // given
        var deployment = SampleCluster.applied(service, TARGET);
        var empty = new ManagedFieldsEntryBuilder()
                .withManager("brr-operator")
                .withOperation("Apply")
                .build();
        // when
        var without = observe(deployment).statedReplicas();
        deployment.getMetadata().setManagedFields(List.of(empty));
        // then
        assertThat(without).isEmpty();
        assertThat(observe(deployment).statedReplicas()).isEmpty();
        assertThat(new Observation(Optional.empty(), List.of()).statedReplicas())
                .isEmpty();
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

    private static ManagedFieldsEntry fields(String manager, String operation, String field) {
        var fields = new FieldsV1();
        fields.setAdditionalProperty("f:spec", Map.of(field, Map.of()));
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation(operation)
                .withFieldsV1(fields)
                .build();
    }

    private static Pod waiting(ContainerStatus status) {
        return SampleCluster.waiting("a", TARGET, status);
    }

    /** Returns a pod that takes a variable from the key k of the Secret keys, and why it waits. */
    private static Pod withKey(String message) {
        var pod = waiting(SampleCluster.waits("CreateContainerConfigError", message));
        pod.getSpec()
                .getContainers()
                .getFirst()
                .getEnv()
                .add(new EnvVarBuilder()
                        .withName("BRR_CREDENTIAL__A")
                        .withNewValueFrom()
                        .withNewSecretKeyRef("k", "keys", null)
                        .endValueFrom()
                        .build());
        return pod;
    }

    private static ContainerStatus running(String startedAt, int restarts) {
        return new ContainerStatusBuilder()
                .withName("service")
                .withRestartCount(restarts)
                .withNewState()
                .withNewRunning(startedAt)
                .endState()
                .build();
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

package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.operator.kubernetes.BrrServiceYaml;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether pods wait for a Secret, by the words of the kubelet. */
class MissingSecretFindingTest {

    private static final Target TARGET = SampleCluster.TARGET;
    private static final String SPEC = """
            replicas: 2
            security:
              schemes:
                - {name: ApiKeyHeader, secretKeyRef: {name: petstore-keys, key: apiKey}}
                - {name: OAuth, jwt: {issuer: https://id/, audience: pets}}
            observability:
              tracing: {endpoint: 'https://collector', headersSecretRef: {name: collector-key, key: headers}}
            """;
    private static final RolloutPlan ROLL = new RolloutPlan.Roll(TARGET, Change.None);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret \"collector-key\" not found"
                        + " | key headers of Secret collector-key, named by spec.observability.tracing.headersSecretRef",
                "couldn't find key headers in Secret shop/collector-key"
                        + " | key headers of Secret collector-key, named by spec.observability.tracing.headersSecretRef",
                "secret \"petstore-keys\" not found"
                        + " | key apiKey of Secret petstore-keys, named by spec.security.schemes, ApiKeyHeader",
                "couldn't find key apiKey in Secret shop/petstore-keys"
                        + " | key apiKey of Secret petstore-keys, named by spec.security.schemes, ApiKeyHeader",
            })
    void whatIsMissingIsNamedWithTheFieldThatNamesIt(String message, String named) {
        // given
        var pod = pod("a", SampleCluster.waits("CreateContainerConfigError", message));
        // when
        var finding = MissingSecretFinding.judge(List.of(pod));
        // then
        assertThat(finding).contains(missing(named));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ContainerCreating          | ''",
                "ImagePullBackOff           | secret \"collector-key\" not found",
                "CreateContainerConfigError | ''",
                "CreateContainerConfigError | container has runAsNonRoot and image will run as root",
                "CreateContainerConfigError | configmap \"collector-key\" not found",
                "CreateContainerConfigError | secret \"collector\" not found",
                "CreateContainerConfigError | secret \"collector-key-2\" not found",
                "CreateContainerConfigError | couldn't find key head in Secret shop/collector-key",
                "CreateContainerConfigError | couldn't find key headers in Secret shop/collector-key-2",
                "CreateContainerConfigError | couldn't find key headers in ConfigMap shop/collector-key",
                "CreateContainerConfigError | failed to sync secret cache: timed out waiting for the condition",
            })
    void whateverElsePodsWaitForIsNoMissingSecret(String reason, String message) {
        // given
        var pod = pod("a", SampleCluster.waits(reason, message));
        // when
        var finding = MissingSecretFinding.judge(List.of(pod));
        // then
        assertThat(finding).isEmpty();
        assertThat(MissingSecretFinding.waits(pod)).isFalse();
    }

    @Test
    void podsThatDoNotWaitMissNothing() {
        // given
        var unscheduled = pod("b", SampleCluster.endedBefore("Error", 1));
        unscheduled.setStatus(null);
        var stateless = new ContainerStatusBuilder().withName("service").build();
        var sidecar = SampleCluster.waits("CreateContainerConfigError", "secret \"collector-key\" not found");
        sidecar.setName("sidecar");
        var pods = List.of(
                unscheduled,
                pod("a", SampleCluster.endedBefore("Error", 1)),
                pod("c", stateless),
                pod("d", sidecar),
                SampleCluster.ready("e", TARGET));
        // when
        var finding = MissingSecretFinding.judge(pods);
        // then
        assertThat(finding).isEmpty();
    }

    @Test
    void eachThatIsMissingIsNamedOnceAndInOneOrder() {
        // given
        var headers = SampleCluster.waits("CreateContainerConfigError", "secret \"collector-key\" not found");
        var key = SampleCluster.waits("CreateContainerConfigError", "secret \"petstore-keys\" not found");
        // when
        var finding = MissingSecretFinding.judge(List.of(pod("a", headers), pod("b", key), pod("c", headers)));
        var reversed = MissingSecretFinding.judge(List.of(pod("c", headers), pod("b", key)));
        // then
        assertThat(finding)
                .isEqualTo(reversed)
                .contains(missing("key apiKey of Secret petstore-keys, named by spec.security.schemes, ApiKeyHeader;"
                        + " key headers of Secret collector-key, named by"
                        + " spec.observability.tracing.headersSecretRef"));
    }

    @Test
    void aVariableThatIsNoneOfOursIsNamedItself() {
        // given
        var pod = pod("a", SampleCluster.waits("CreateContainerConfigError", "secret \"mine\" not found"));
        pod.getSpec().getContainers().getFirst().setEnv(List.of(secret("MINE", "mine", "x")));
        // when
        var finding = MissingSecretFinding.judge(List.of(pod));
        // then
        assertThat(finding).contains(missing("key x of Secret mine, named by MINE"));
    }

    @Test
    void aRolloutThatWaitsForASecretSaysSoBeforeAndAfterItsDeadline() {
        // given
        var service = BrrServiceYaml.withSpec(SPEC);
        var applied = SampleCluster.applied(service, TARGET);
        var pods = List.of(
                pod("a", SampleCluster.waits("CreateContainerConfigError", "secret \"petstore-keys\" not found")));
        // when
        var before = RolloutFinding.judge(ROLL, Optional.of(SampleCluster.counted(applied, 2, 1, 1)), pods);
        var after = RolloutFinding.judge(ROLL, Optional.of(SampleCluster.stuck(applied)), pods);
        // then
        assertThat(before).extracting(Finding::reason).isEqualTo(Reason.SecretNotFound);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void whatIsKeptAndCannotStartForWantOfASecretSaysSo() {
        // given
        var applied = SampleCluster.applied(BrrServiceYaml.withSpec(SPEC), TARGET);
        var pods = List.of(
                pod("a", SampleCluster.waits("CreateContainerConfigError", "secret \"collector-key\" not found")));
        var keep = new RolloutPlan.Keep(TARGET, Optional.empty());
        // when
        var finding = RolloutFinding.judge(keep, Optional.of(SampleCluster.counted(applied, 2, 1, 1)), pods);
        // then
        assertThat(finding.reason()).isEqualTo(Reason.SecretNotFound);
    }

    @Test
    void aRollbackAndPodsOfAnotherTargetSayNothingOfSecrets() {
        // given
        var applied = SampleCluster.counted(SampleCluster.applied(BrrServiceYaml.withSpec(SPEC), TARGET), 2, 1, 1);
        var pods = List.of(
                pod("a", SampleCluster.waits("CreateContainerConfigError", "secret \"collector-key\" not found")));
        var back = new RolloutPlan.RollBack(TARGET, "0123456789abcdef");
        var other = new RolloutPlan.Roll(SampleCluster.OTHER, Change.None);
        // when
        var reasons = List.of(
                RolloutFinding.judge(back, Optional.of(applied), pods).reason(),
                RolloutFinding.judge(other, Optional.of(applied), pods).reason());
        // then
        assertThat(reasons).containsExactly(Reason.RolledBack, Reason.RollingOut);
    }

    /** Returns a pod with the environment of the spec. */
    private static Pod pod(String name, ContainerStatus status) {
        var service = BrrServiceYaml.withSpec(SPEC);
        var schemes = ServiceEnvironment.schemes(service.getSpec().security());
        var environment = ServiceEnvironment.of(service, TARGET.with(schemes));
        return new PodBuilder(SampleCluster.waiting(name, TARGET, status))
                .editSpec()
                .editFirstContainer()
                .withEnv(environment)
                .endContainer()
                .endSpec()
                .build();
    }

    private static EnvVar secret(String variable, String name, String key) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, name, null)
                .endValueFrom()
                .build();
    }

    private static Finding missing(String named) {
        return Finding.fails(
                ConditionType.RolledOut,
                Reason.SecretNotFound,
                "new pods wait for what does not exist: " + named
                        + "; create it and they start, those of before serve until then");
    }
}

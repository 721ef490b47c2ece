package dev.brr.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.operator.kubernetes.ConditionType;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of work when the operator dies in the middle of it. */
class OperatorRestartE2E {

    private Cluster cluster;
    private ServiceInCluster service;

    @BeforeEach
    void create() {
        cluster = Cluster.asAdministrator();
        service = new ServiceInCluster(cluster, "restart");
    }

    @AfterEach
    void end() {
        service.close();
        cluster.close();
    }

    @Test
    void restartInTheMiddleOfABuildEndsInOneImage() {
        // given
        service.apply("replicas: 1\nresources: {limits: {cpu: 500m, memory: 256Mi}}\n");
        service.awaitReason(ConditionType.ImageBuilt, "Building");
        // when
        killOperator();
        var status = service.awaitReady();
        // then
        var tags = Cluster.json(Cluster.get(
                                "http://" + Cluster.variable("BRR_REGISTRY") + "/v2/" + service.namespace() + "/"
                                        + service.name() + "/tags/list",
                                Map.of())
                        .body())
                .get("tags");
        assertThat(tags)
                .singleElement()
                .satisfies(
                        tag -> assertThat(tag.asText()).isEqualTo(status.image().revision()));
        assertThat(service.replicaSets()).hasSize(1);
    }

    @Test
    void newOperatorAdoptsWhatTheOldOneBuilt() {
        // given
        service.apply("replicas: 1\nresources: {limits: {cpu: 500m, memory: 256Mi}}\n");
        var before = service.awaitReady();
        var podsBefore = service.pods();
        // when
        killOperator();
        await().atMost(Duration.ofMinutes(2)).until(() -> operatorReady(cluster.client()));
        service.apply("replicas: 2\nresources: {limits: {cpu: 500m, memory: 256Mi}}\n");
        var after = service.awaitReady();
        // then
        assertThat(after.image()).isEqualTo(before.image());
        assertThat(service.pods())
                .extracting(pod -> pod.getMetadata().getUid())
                .contains(podsBefore.getFirst().getMetadata().getUid());
    }

    private void killOperator() {
        cluster.client()
                .pods()
                .inNamespace(Cluster.OPERATOR_NAMESPACE)
                .withLabel("app.kubernetes.io/name", Cluster.OPERATOR)
                .withGracePeriod(0)
                .delete();
    }

    private static boolean operatorReady(KubernetesClient client) {
        var status = client.apps()
                .deployments()
                .inNamespace(Cluster.OPERATOR_NAMESPACE)
                .withName(Cluster.OPERATOR)
                .require()
                .getStatus();
        return status.getAvailableReplicas() != null && status.getAvailableReplicas() == 1;
    }
}

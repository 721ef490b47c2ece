package dev.brr.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.operator.kubernetes.ConditionType;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What keeps a running service running: rollback, drift, and owners of other fields. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SafetyE2E {

    private static final String SPEC = """
            replicas: 1
            resources: {limits: {cpu: 500m, memory: 256Mi}}
            rollout: {progressDeadlineSeconds: 15}
            """;

    private Cluster cluster;
    private ServiceInCluster service;

    @BeforeAll
    void apply() {
        cluster = Cluster.asAdministrator();
        service = new ServiceInCluster(cluster, "safety");
        service.apply(SPEC);
        service.awaitReady();
    }

    @AfterAll
    void end() {
        service.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void deletedServiceComesBack() {
        // given
        var services =
                cluster.client().services().inNamespace(service.namespace()).withName(service.name());
        var uid = services.require().getMetadata().getUid();
        // when
        services.delete();
        // then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(services.get())
                        .isNotNull()
                        .satisfies(found ->
                                assertThat(found.getMetadata().getUid()).isNotEqualTo(uid)));
    }

    @Test
    @Order(1)
    void editedServiceIsPutRightAgain() {
        // given
        var services =
                cluster.client().services().inNamespace(service.namespace()).withName(service.name());
        // when
        services.edit(found -> {
            found.getSpec().getPorts().getFirst().setTargetPort(new IntOrString(1));
            return found;
        });
        // then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(services.require()
                                .getSpec()
                                .getPorts()
                                .getFirst()
                                .getTargetPort()
                                .getStrVal())
                        .isEqualTo("http"));
    }

    @Test
    @Order(1)
    void editedTuningOfTheDeploymentIsPutRightAgain() {
        // given
        var wanted = service.get().getStatus().malloc().requested();
        var deployments = cluster.client()
                .apps()
                .deployments()
                .inNamespace(service.namespace())
                .withName(service.name());
        // when
        deployments.edit(found -> {
            found.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                    .filter(variable -> "MALLOC_CONF".equals(variable.getName()))
                    .forEach(variable -> variable.setValue("narenas:64"));
            return found;
        });
        // then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(deployments
                                .require()
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getEnv())
                        .anySatisfy(variable -> {
                            assertThat(variable.getName()).isEqualTo("MALLOC_CONF");
                            assertThat(variable.getValue()).isEqualTo(wanted);
                        }));
        service.awaitReady();
    }

    @Test
    @Order(2)
    void rolloutThatFailsGoesBackToTheLastGoodImage() {
        // given: an image that exists and cannot serve
        var good = service.image();
        var broken = base();
        // when
        service.apply(SPEC + "image: {prebuilt: \"" + broken + "\"}\n");
        var told = service.awaitReason(ConditionType.RolledOut, "RolledBack");
        // then
        assertThat(told.getMessage()).contains(good);
        assertThat(service.image()).isEqualTo(good);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                Cluster.get(service.url() + "/pets", Map.of()).statusCode())
                        .isEqualTo(401));
    }

    @Test
    @Order(3)
    void rolledBackTargetIsNotTriedAgain() {
        // given
        var replicaSets = service.replicaSets().size();
        // when: the operator is woken by a foreign annotation
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(service.namespace())
                .withName(service.name())
                .edit(found -> {
                    found.getMetadata().getAnnotations().put("example.com/note", "woken");
                    return found;
                });
        // then
        await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(service.replicaSets()).hasSize(replicaSets);
            assertThat(ServiceInCluster.condition(service.get(), ConditionType.RolledOut)
                            .orElseThrow()
                            .getReason())
                    .isEqualTo("RolledBack");
        });
    }

    @Test
    @Order(4)
    void mendedSpecRollsAgain() {
        // given
        var spec = SPEC + "malloc: {preset: LowRss}\n";
        // when
        service.apply(spec);
        var status = service.awaitReady();
        // then
        assertThat(status.malloc().effective()).contains("tcache_max:4096");
    }

    @Test
    @Order(5)
    void autoscalerTakesOverTheNumberOfPodsThatThereAre() {
        // given
        var scalers = cluster.client()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(service.namespace())
                .withName(service.name());
        service.apply(SPEC.replace("replicas: 1\n", "replicas: 2\n"));
        service.awaitReady();
        // when
        service.apply(SPEC.replace("replicas: 1\n", "") + "autoscaling: {min: 1, max: 3, cpu: 80}\n");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(scalers.get()).isNotNull());
        service.awaitReady();
        // then: without metrics it changes nothing, and nobody else does; no metrics are needed for the minimum
        assertThat(service.deployment().getSpec().getReplicas()).isEqualTo(2);
        service.apply(SPEC.replace("replicas: 1\n", "") + "autoscaling: {min: 3, max: 3, cpu: 80}\n");
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(service.deployment().getSpec().getReplicas()).isEqualTo(3));
        service.awaitReady();
    }

    @Test
    @Order(6)
    void autoscalerGoesWithItsSpec() {
        // given
        var scalers = cluster.client()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(service.namespace())
                .withName(service.name());
        // when
        service.apply(SPEC);
        // then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(scalers.get()).isNull());
        service.awaitReady();
        assertThat(service.deployment().getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    @Order(7)
    void annotationsReplaceThePodMonitor() {
        // given
        var podMonitors = cluster.client()
                .genericKubernetesResources("monitoring.coreos.com/v1", "PodMonitor")
                .inNamespace(service.namespace())
                .withName(service.name());
        assertThat(podMonitors.get()).isNotNull();
        // when
        service.apply(SPEC + "monitoring: {scrape: Annotations}\n");
        service.awaitReady();
        // then
        assertThat(podMonitors.get()).isNull();
        assertThat(service.pods())
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getAnnotations()).containsEntry("prometheus.io/port", "9090"));
    }

    @Test
    @Order(8)
    void pushSecretThatCannotBeReadIsNamed() {
        // given: the chart gives the operator no Secrets
        var registry = Cluster.variable("BRR_REGISTRY");
        var imageBefore = service.image();
        // when
        service.apply(SPEC
                + "image: {repository: \"%s/mine/safety\", pushSecretRef: {name: petstore-keys}}\n"
                        .formatted(registry));
        var told = service.awaitReason(ConditionType.ImageBuilt, "PushSecretUnusable");
        // then
        assertThat(told.getMessage()).contains("petstore-keys").contains("rbac.pushSecretNamespaces");
        assertThat(told.getMessage()).doesNotContain(ServiceInCluster.KEY);
        assertThat(service.image()).isEqualTo(imageBefore);
        assertThat(Cluster.get(service.url() + "/pets", Map.of()).statusCode()).isEqualTo(401);
    }

    private static String base() {
        var registry = Cluster.variable("BRR_REGISTRY");
        var digest = Cluster.get(
                        "http://" + registry + "/v2/brr/jre-base/manifests/25",
                        Map.of(
                                "Accept",
                                "application/vnd.docker.distribution.manifest.v2+json,"
                                        + " application/vnd.oci.image.manifest.v1+json"))
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
        return registry + "/brr/jre-base@" + digest;
    }
}

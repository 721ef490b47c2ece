package dev.brr.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.operator.dashboard.HeapDashboard;
import dev.brr.operator.kubernetes.ConditionType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The main chain on one pet store: what an apply leads to, at rest and in Prometheus. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PetStoreE2E {

    private static final String SPEC = """
            replicas: 2
            malloc: {preset: Balanced}
            resources: {limits: {cpu: "1", memory: 512Mi}}
            memory: {javaHeapPercent: 25}
            security:
              schemes: [{name: ApiKeyHeader, secretKeyRef: {name: petstore-keys, key: apiKey}}]
            """;

    private Cluster cluster;
    private ServiceInCluster petStore;
    private BrrServiceStatus status;

    @BeforeAll
    void apply() {
        cluster = Cluster.asAdministrator();
        petStore = new ServiceInCluster(cluster, "chain");
        petStore.apply(SPEC);
        status = petStore.awaitReady();
    }

    @AfterAll
    void end() {
        petStore.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void servesAPet() {
        // given
        var path = "/pets";
        // when
        var answer = petStore.get(path);
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Cluster.json(answer.body()).get(0).get("name").asText()).isEqualTo("Max");
    }

    @Test
    @Order(1)
    void refusesWithoutAKey() {
        // given
        var url = petStore.url() + "/pets";
        // when
        var answer = Cluster.get(url, Map.of());
        // then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    @Order(1)
    void validatesWhatIsPosted() {
        // given
        var key = Map.of("X-API-Key", ServiceInCluster.KEY);
        // when
        var answer = Cluster.post(petStore.url() + "/pets", "{\"nam\":1}", key);
        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    @Order(1)
    void statusTellsWhatRuns() {
        // given
        var image = petStore.image();
        // when
        var told = status.image();
        // then
        assertThat(image).isEqualTo(told.repository() + "@" + told.digest()).contains("@sha256:");
        assertThat(status.malloc().requested()).startsWith("abort_conf:true").contains("narenas:1");
        assertThat(status.malloc().effective()).contains("narenas:1").contains("background_thread:true");
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.lastGood().digest()).isEqualTo(told.digest());
    }

    @Test
    @Order(1)
    void everyConditionHolds() {
        // given
        var service = petStore.get();
        // when
        var conditions = service.getStatus().conditions();
        // then
        assertThat(conditions)
                .extracting(condition -> condition.getType() + "=" + condition.getStatus())
                .containsExactlyInAnyOrder(
                        "Ready=True",
                        "ImageBuilt=True",
                        "RolledOut=True",
                        "TuningApplied=True",
                        "DashboardPublished=True");
    }

    @Test
    @Order(1)
    void processHasJemallocMapped() throws Exception {
        // given
        // when
        var libraries = jcmd("VM.dynlibs");
        // then
        assertThat(libraries).contains("/opt/brr/lib/libjemalloc.so.2");
    }

    @Test
    @Order(1)
    void theJavaHeapIsTheShareThatTheSpecSays() throws Exception {
        // given: a quarter of 512 MiB
        // when
        var flags = jcmd("VM.flags");
        // then
        assertThat(flags).contains("-XX:MaxHeapSize=134217728 ");
    }

    @Test
    @Order(1)
    void processHasItsAotCacheMapped() throws Exception {
        // given
        assertThat(status.image().aotCache()).isEqualTo("Included");
        // when
        var files = jcmd("VM.dynlibs");
        // then
        assertThat(files).contains("/app/service.aot");
    }

    /** Asks the JVM that is process 1 of a pod: the image has no shell. */
    private String jcmd(String question) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var exec = cluster.client()
                .pods()
                .inNamespace(petStore.namespace())
                .withName(petStore.pods().getFirst().getMetadata().getName())
                .writingOutput(out)
                .usingListener(new Silent())
                .exec("jcmd", "1", question)) {
            exec.exitCode().get(30, TimeUnit.SECONDS);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Order(1)
    void podsAreRestricted() {
        // given
        var pod = petStore.pods().getFirst();
        // when
        var context = pod.getSpec().getContainers().getFirst().getSecurityContext();
        // then
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    @Order(2)
    void prometheusSeesTheHeapOfEveryPod() {
        // given
        var query = "process_memory_heap_bytes{namespace=\"%s\"} > 0".formatted(petStore.namespace());
        // when, then
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(Cluster.prometheus(query)).hasSize(2));
    }

    @Test
    @Order(3)
    void everyQueryOfTheDashboardReturnsData() {
        // given
        for (int i = 0; i < 20; i++) {
            petStore.get("/pets");
        }
        var queries = HeapDashboard.queries(petStore.get(), Duration.ofMinutes(1));
        assertThat(queries).hasSizeGreaterThan(15);
        // when, then
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(queries)
                        .allSatisfy(query ->
                                assertThat(Cluster.prometheus(query)).as(query).isNotEmpty()));
    }

    @Test
    @Order(3)
    void dashboardIsPublishedForGrafana() {
        // given
        var selector = Map.of("grafana_dashboard", "1");
        // when
        List<ConfigMap> dashboards = cluster.client()
                .configMaps()
                .inNamespace(petStore.namespace())
                .withLabels(selector)
                .list()
                .getItems();
        // then
        assertThat(dashboards)
                .singleElement()
                .satisfies(dashboard -> assertThat(Cluster.json(
                                        dashboard.getData().values().iterator().next())
                                .get("panels"))
                        .isNotEmpty());
    }

    @Test
    @Order(4)
    void writesNothingAtRest() {
        // given: the last rollout has settled
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ServiceInCluster.condition(petStore.get(), ConditionType.Ready)
                        .filter(ready -> "True".equals(ready.getStatus()))
                        .isPresent());
        // when, then: for a minute no write of the operator about this service is in the API server's audit log
        var from = Cluster.auditLogEnd();
        await().during(Duration.ofSeconds(60))
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Cluster.operatorWritesSince(from).stream()
                                .filter(event -> petStore.namespace()
                                        .equals(event.at("/objectRef/namespace").asText())))
                        .isEmpty());
    }

    @Test
    @Order(4)
    void reconcilingWithoutAChangeWritesNothing() {
        // given
        var from = Cluster.auditLogEnd();
        // when: somebody else's annotations wake the operator and are none of its business
        IntStream.rangeClosed(1, 5).forEach(this::annotate);
        // then
        await().during(Duration.ofSeconds(10))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Cluster.operatorWritesSince(from).stream()
                                .filter(event -> petStore.namespace()
                                        .equals(event.at("/objectRef/namespace").asText())))
                        .isEmpty());
        assertThat(petStore.deployment().getMetadata().getAnnotations())
                .containsEntry("example.com/note", "hands off, 5");
    }

    private void annotate(int number) {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(petStore.namespace())
                .withName("chain")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"example.com/note\":\"hands off, %d\"}}}".formatted(number));
    }

    @Test
    @Order(5)
    void deletionLeavesNothing() {
        // given
        var namespace = petStore.namespace();
        // when
        petStore.delete();
        // then
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            var client = cluster.client();
            assertThat(client.apps().deployments().inNamespace(namespace).list().getItems())
                    .isEmpty();
            assertThat(client.pods().inNamespace(namespace).list().getItems()).isEmpty();
            assertThat(client.services().inNamespace(namespace).list().getItems())
                    .isEmpty();
            assertThat(client.configMaps()
                            .inNamespace(namespace)
                            .withLabel("app.kubernetes.io/managed-by", "brr-operator")
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(client.genericKubernetesResources("monitoring.coreos.com/v1", "PodMonitor")
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isEmpty();
        });
    }

    private static final class Silent implements ExecListener {
        @Override
        public void onClose(int code, String reason) {
            // the exit code tells
        }
    }
}

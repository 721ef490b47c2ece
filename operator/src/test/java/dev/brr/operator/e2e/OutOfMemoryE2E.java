package dev.brr.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brr.operator.kubernetes.ConditionType;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A handler leaks until the kernel kills its container; what was kept before names it, and the BrrService tells of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutOfMemoryE2E {

    private static final String TOKEN = "sesame-for-this-test";
    private static final Map<String, String> CREDENTIALS = Map.of("Authorization", "Bearer " + TOKEN);
    private static final int MOST_CALLS = 1500;
    private static final int MILLIS_A_CALL = 40;
    /** A mebibyte each. */
    private static final int CALLS_TO_BE_NAMED = 32;

    private Cluster cluster;
    private ServiceInCluster service;
    private ContainerStatus container;
    private JsonNode kept;

    @BeforeAll
    void leakUntilKilled(@TempDir Path folder) throws Exception {
        cluster = Cluster.asAdministrator();
        service = new ServiceInCluster(cluster, "leaking");
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("leaking-debug")
                        .withNamespace(service.namespace())
                        .endMetadata()
                        .withStringData(Map.of("token", TOKEN))
                        .build())
                .create();
        var base = LeakingImage.push(folder, service.namespace() + "/leaking-handlers:1");
        service.document("leaking-openapi", LeakingImage.DOCUMENT);
        service.apply("""
                openapi: {configMapKeyRef: {name: leaking-openapi, key: openapi.yaml}}
                image: {base: "%s"}
                resources: {limits: {cpu: "1", memory: 384Mi}}
                """.formatted(base));
        service.awaitReady();
        for (int i = 0; i < MOST_CALLS && restarts() == 0; i++) {
            leak();
            TimeUnit.MILLISECONDS.sleep(MILLIS_A_CALL);
        }
        container = await("the container runs again")
                .atMost(ServiceInCluster.PATIENCE)
                .until(this::container, status -> status.getRestartCount() > 0 && status.getReady());
        kept = Cluster.json(debug("/debug/heap/kept"));
    }

    @AfterAll
    void end() {
        service.close();
        cluster.close();
    }

    @Test
    void theKernelKilledTheContainer() {
        // given
        // when
        var end = container.getLastState().getTerminated();
        // then
        assertThat(end.getReason()).isEqualTo("OOMKilled");
    }

    @Test
    void theEvidenceOutlivedTheContainerAndIsSaidToBeFromBefore() {
        // given
        // when
        var entries = kept.path("kept");
        // then
        assertThat(kept.path("formerRunKilled").asBoolean()).as(kept.toString()).isTrue();
        assertThat(entries).as(kept.toString()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(entries).allMatch(entry -> entry.path("beforeRestart").asBoolean());
    }

    @Test
    void theKeptProfileNamesTheLeakingOperation() {
        // given
        var last = kept.path("kept").get(kept.path("kept").size() - 1);
        // when
        var stacks = debug("/debug/heap/kept/" + last.path("name").asText() + "/profile.collapsed");
        // then
        assertThat(last.at("/about/profile/operations/0/operation").asText())
                .as(last.toString())
                .isEqualTo(LeakingImage.OPERATION);
        assertThat(stacks.lines().findFirst().orElse(""))
                .startsWith(LeakingImage.OPERATION + ";")
                .contains("leaking.LeakingHandlers.");
    }

    @Test
    void theBrrServiceTellsOfTheKill() {
        // given
        // when
        var condition = service.awaitReason(ConditionType.WithinMemoryLimit, "OutOfMemoryKilled");
        // then
        assertThat(condition.getStatus()).isEqualTo("False");
        assertThat(condition.getMessage())
                .contains(service.pods().getFirst().getMetadata().getName(), "384Mi", "/debug/heap/kept");
        await("an Event of it")
                .atMost(ServiceInCluster.PATIENCE)
                .untilAsserted(() -> assertThat(cluster.client()
                                .events()
                                .v1()
                                .events()
                                .inNamespace(service.namespace())
                                .list()
                                .getItems())
                        .anyMatch(event ->
                                "OutOfMemoryKilled".equals(event.getReason()) && "Warning".equals(event.getType())));
    }

    @Test
    void theBrrServiceNamesTheHungriestOperation() {
        // given: the process of after the kill leaks as well, far from the limit
        for (int i = 0; i < CALLS_TO_BE_NAMED; i++) {
            leak();
        }
        // when, then: the pod is asked a minute after its start, then ever more rarely
        await("the hungriest operation")
                .atMost(ServiceInCluster.PATIENCE)
                .untilAsserted(() -> assertThat(service.get().getStatus().hungriestOperation())
                        .isNotNull()
                        .satisfies(hungriest -> {
                            assertThat(hungriest.operationId()).isEqualTo(LeakingImage.OPERATION);
                            assertThat(hungriest.pod())
                                    .isEqualTo(service.pods()
                                            .getFirst()
                                            .getMetadata()
                                            .getName());
                        }));
    }

    /** The call that is one too many is not answered, and while the container is down none is. */
    private void leak() {
        try {
            Cluster.get(service.url() + "/leak", Map.of());
        } catch (UncheckedIOException _) {
            // what matters is what the kubelet says of the container
        }
    }

    private int restarts() {
        return container().getRestartCount();
    }

    private ContainerStatus container() {
        return service.pods().getFirst().getStatus().getContainerStatuses().getFirst();
    }

    private String debug(String path) {
        var answer =
                Cluster.get("http://" + service.pods().getFirst().getStatus().getPodIP() + ":9090" + path, CREDENTIALS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}

package dev.brr.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A heap profile of a pod, from its management port, by whoever has the token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeapProfileE2E {

    private static final String TOKEN = "sesame-for-this-test";
    private static final Map<String, String> CREDENTIALS = Map.of("Authorization", "Bearer " + TOKEN);
    private static final String SPEC = """
            resources: {limits: {cpu: "1", memory: 512Mi}}
            security:
              schemes: [{name: ApiKeyHeader, secretKeyRef: {name: petstore-keys, key: apiKey}}]
            """;

    private Cluster cluster;
    private ServiceInCluster petStore;
    private String management;

    @BeforeAll
    void applyWithAToken() {
        cluster = Cluster.asAdministrator();
        petStore = new ServiceInCluster(cluster, "profiled");
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("profiled-debug")
                        .withNamespace(petStore.namespace())
                        .endMetadata()
                        .withStringData(Map.of("token", TOKEN))
                        .build())
                .create();
        petStore.apply(SPEC);
        petStore.awaitReady();
        management = "http://" + petStore.pods().getFirst().getStatus().getPodIP() + ":9090";
    }

    @AfterAll
    void end() {
        petStore.close();
        cluster.close();
    }

    @Test
    void theHookIsLoadedInTheRestrictedPod() {
        // given
        // when
        var answer = Cluster.post(management + "/debug/heap/start", "", CREDENTIALS);
        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var status = Cluster.json(answer.body());
        assertThat(status.path("active").asBoolean()).isTrue();
        assertThat(status.path("javaFrames").asBoolean()).as(answer.body()).isTrue();
        assertThat(status.path("operationsOfVirtualThreads").asBoolean()).isTrue();
    }

    @Test
    void aProfileIsAnswered() {
        // given
        Cluster.post(management + "/debug/heap/start", "", CREDENTIALS);
        // when
        var answer = Cluster.get(management + "/debug/heap?format=json", CREDENTIALS);
        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Cluster.json(answer.body()).path("sampleBytes").asLong()).isEqualTo(524_288);
    }

    @Test
    void withoutTheTokenItIsClosed() {
        // given
        // when
        var answer = Cluster.get(management + "/debug/heap", Map.of());
        // then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void thePortOfTheServiceHasNoneOfIt() {
        // given
        // when
        var answer = Cluster.get(petStore.url() + "/debug/heap", CREDENTIALS);
        // then
        assertThat(answer.statusCode()).isEqualTo(404);
    }
}

package dev.brr.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.operator.kubernetes.ConditionType;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What changes of one service do to its image and its pods, in the order in which a user makes them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangesE2E {

    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Greetings, version: "1"}
            paths:
              /greeting:
                get:
                  operationId: greeting
                  responses:
                    "200":
                      description: A greeting.
                      content:
                        application/json:
                          schema: {type: object, properties: {text: {type: string}}}
                          example: {text: %s}
            """;

    private Cluster cluster;
    private ServiceInCluster service;

    @BeforeAll
    void apply() {
        cluster = Cluster.asAdministrator();
        service = new ServiceInCluster(cluster, "greetings");
        service.document("greetings", DOCUMENT.formatted("hello"));
        service.apply(spec("Balanced", ""));
        service.awaitReady();
    }

    @AfterAll
    void end() {
        service.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void documentFromAConfigMapIsServed() {
        // given
        var path = "/greeting";
        // when
        var answer = service.get(path);
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Cluster.json(answer.body()).get("text").asText()).isEqualTo("hello");
    }

    @Test
    @Order(2)
    void changedDocumentRebuildsAndRolls() {
        // given
        var imageBefore = service.image();
        // when
        service.document("greetings", DOCUMENT.formatted("good morning"));
        // then
        await().atMost(ServiceInCluster.PATIENCE).until(() -> !service.image().equals(imageBefore));
        service.awaitReady();
        awaitGreeting("good morning");
    }

    @Test
    @Order(3)
    void changedTuningRestartsAndBuildsNothing() {
        // given
        var imageBefore = service.image();
        var podsBefore = podUids();
        // when
        service.apply(spec("LowRss", "options: {dirty_decay_ms: \"2500\"}"));
        var status = service.awaitReady();
        // then
        assertThat(service.image()).isEqualTo(imageBefore);
        assertThat(podUids()).doesNotContainAnyElementsOf(podsBefore);
        assertThat(status.malloc().effective()).contains("dirty_decay_ms:2500");
    }

    @Test
    @Order(4)
    void changedMonitoringTouchesNoPod() {
        // given
        var podsBefore = podUids();
        // when
        service.apply(spec("LowRss", "options: {dirty_decay_ms: \"2500\"}") + "monitoring: {dashboard: false}\n");
        service.awaitReason(ConditionType.DashboardPublished, "DashboardDisabled");
        // then
        assertThat(podUids()).isEqualTo(podsBefore);
    }

    @Test
    @Order(5)
    void badOptionIsRefusedByNameAndOldPodsServe() {
        // given
        var podsBefore = podUids();
        // when
        service.apply(spec("LowRss", "options: {dirty_decay_msx: \"2500\"}"));
        var refused = service.awaitReason(ConditionType.TuningApplied, "MallocConfRefused");
        // then
        assertThat(refused.getMessage()).contains("dirty_decay_msx").contains("dirty_decay_ms?");
        assertThat(ServiceInCluster.condition(service.get(), ConditionType.Ready)
                        .orElseThrow()
                        .getStatus())
                .isEqualTo("False");
        assertThat(podUids()).isEqualTo(podsBefore);
        assertThat(service.get("/greeting").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void badDocumentIsRefusedByLineAndOldPodsServe() {
        // given
        service.apply(spec("LowRss", ""));
        service.awaitReady();
        var podsBefore = podUids();
        // when
        service.document("greetings", DOCUMENT.formatted("x").replace("operationId: greeting", "operationId: [oops"));
        var refused = service.awaitReason(ConditionType.ImageBuilt, "DocumentInvalid");
        // then
        assertThat(refused.getMessage()).containsPattern("line \\d+");
        assertThat(podUids()).isEqualTo(podsBefore);
        assertThat(service.get("/greeting").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(7)
    void missingDocumentIsNamed() {
        // given
        var spec = spec("LowRss", "").replace("name: greetings,", "name: nowhere,");
        // when
        service.apply(spec);
        var refused = service.awaitReason(ConditionType.ImageBuilt, "DocumentNotFound");
        // then
        assertThat(refused.getMessage()).contains("nowhere").contains(service.namespace());
        assertThat(service.get("/greeting").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(8)
    void newLimitsTakeEffectWhileTheDocumentIsMissingAndItsSchemesWaitForIt() {
        // given
        var spec = spec("LowRss", "").replace("name: greetings,", "name: nowhere,")
                + "security: {schemes: [{name: OfTheNextDocument, secretKeyRef: {name: none, key: none}}]}\n";
        var image = service.image();
        // when
        service.apply(spec.replace("memory: 256Mi", "memory: 288Mi"));
        // then
        await().atMost(ServiceInCluster.PATIENCE)
                .untilAsserted(() -> assertThat(service.pods())
                        .singleElement()
                        .extracting(pod -> pod.getSpec()
                                .getContainers()
                                .getFirst()
                                .getResources()
                                .getLimits()
                                .get("memory"))
                        .isEqualTo(new Quantity("288Mi")));
        assertThat(service.image()).isEqualTo(image);
        assertThat(service.pods()
                        .getFirst()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .noneMatch(variable -> variable.getName().contains("OfTheNextDocument"));
        var told = service.awaitReason(ConditionType.RolledOut, "Waiting");
        assertThat(told.getMessage()).startsWith("the image and tuning of before go on serving");
    }

    @Test
    @Order(9)
    void mendedDocumentIsReadyAgain() {
        // given
        service.document("greetings", DOCUMENT.formatted("welcome back"));
        // when
        service.apply(spec("LowRss", ""));
        service.awaitReady();
        // then
        awaitGreeting("welcome back");
    }

    @Test
    @Order(10)
    void podsThatWaitForASecretStartWhenItIsThere() {
        // given
        var spec = spec("LowRss", "") + """
                observability:
                  tracing:
                    endpoint: http://no-collector.invalid:4318
                    samplePercent: 0
                    headersSecretRef: {name: collector-key, key: headers}
                """;
        // when
        service.apply(spec);
        var told = service.awaitReason(ConditionType.RolledOut, "SecretNotFound");
        // then
        assertThat(told.getMessage())
                .contains("Secret collector-key")
                .contains("spec.observability.tracing.headersSecretRef");
        assertThat(service.get("/greeting").statusCode()).isEqualTo(200);
        // when
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("collector-key")
                        .withNamespace(service.namespace())
                        .endMetadata()
                        .withStringData(Map.of("headers", "api-key=" + ServiceInCluster.KEY))
                        .build())
                .create();
        service.awaitReady();
        // then
        assertThat(Serialization.asYaml(service.deployment())).doesNotContain(ServiceInCluster.KEY);
        assertThat(Serialization.asYaml(service.get())).doesNotContain(ServiceInCluster.KEY);
    }

    @Test
    @Order(11)
    void whatClientsMayAskIsChangedWithoutABuild() {
        // given
        var imageBefore = service.image();
        var page = Map.of("X-API-Key", ServiceInCluster.KEY, "Origin", "https://app.example.com");
        // when
        service.apply(spec("LowRss", "") + """
                http:
                  requestSeconds: 10
                  cors: {origins: ['https://app.example.com'], exposeHeaders: [ETag]}
                  rateLimit: {requests: 1000, seconds: 1, trustedProxies: [10.244.0.0/16, '::1']}
                validation: {responseSamplePercent: 5}
                observability: {accessLog: true}
                """);
        service.awaitReady();
        // then
        await().atMost(ServiceInCluster.PATIENCE)
                .untilAsserted(() -> assertThat(Cluster.get(service.url() + "/greeting", page)
                                .headers()
                                .firstValue("Access-Control-Allow-Origin"))
                        .contains("https://app.example.com"));
        assertThat(service.image()).isEqualTo(imageBefore);
    }

    /** A pod that ends still answers for some seconds whoever has a connection to it, and asks him to close it. */
    private void awaitGreeting(String text) {
        await().atMost(ServiceInCluster.PATIENCE)
                .untilAsserted(
                        () -> assertThat(Cluster.json(service.get("/greeting").body())
                                        .get("text")
                                        .asText())
                                .isEqualTo(text));
    }

    private static String spec(String preset, String options) {
        return """
                openapi: {configMapKeyRef: {name: greetings, key: openapi.yaml}}
                replicas: 1
                resources: {limits: {cpu: 500m, memory: 256Mi}}
                malloc:
                  preset: %s
                  %s
                """.formatted(preset, options);
    }

    private Set<String> podUids() {
        return service.pods().stream()
                .map(Pod::getMetadata)
                .map(meta -> meta.getUid())
                .collect(Collectors.toSet());
    }
}

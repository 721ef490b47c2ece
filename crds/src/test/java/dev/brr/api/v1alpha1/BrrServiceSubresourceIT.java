package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the scale and status subresources of a BrrService on a real API server. */
class BrrServiceSubresourceIT {

    private static final String DRY_RUN = "?dryRun=All";
    private static final String NOW = "lastTransitionTime: '2026-01-01T00:00:00Z'";

    private static ApiServer server;
    private static String service;

    @BeforeAll
    static void createOneService() {
        server = ApiServer.connect();
        service = server.services() + "/scaled";
        server.send(
                        "POST",
                        server.services() + "?fieldValidation=Strict",
                        "application/yaml",
                        ApiServer.JSON,
                        """
                        apiVersion: brr.dev/v1alpha1
                        kind: BrrService
                        metadata: {name: scaled}
                        spec:
                          replicas: 0
                          image: {prebuilt: '%s'}
                        """.formatted(NoImage.REFERENCE))
                .expecting(201);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void scaleShowsTheReplicasOfTheSpec() {
        // given
        var path = service + "/scale";
        // when
        var scale = server.get(path).expecting(200).body();
        // then
        assertThat(scale.path("kind").asText()).isEqualTo("Scale");
        assertThat(scale.at("/spec/replicas").asInt(0)).isZero();
    }

    @Test
    void scaleShowsReplicasAndSelectorOfTheStatus() {
        // given
        var status = "{\"status\": {\"replicas\": 4, \"selector\": \"app.kubernetes.io/name=scaled\"}}";
        // when
        // Where an operator watches too it puts its own status back, so that it may take a second try.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            patch("/status", "", status).expecting(200);
            var scale = server.get(service + "/scale").expecting(200).body();
            // then
            assertThat(scale.at("/status/replicas").asInt()).isEqualTo(4);
            assertThat(scale.at("/status/selector").asText()).isEqualTo("app.kubernetes.io/name=scaled");
        });
    }

    @Test
    void scaleChangesTheReplicasOfTheSpec() {
        // given
        var wanted = "{\"spec\": {\"replicas\": 3}}";
        // when
        var scale = patch("/scale", DRY_RUN, wanted).expecting(200).body();
        // then
        assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "-1,   spec.replicas in body should be greater than or equal to 0",
        "1001, spec.replicas in body should be less than or equal to 1000",
    })
    void scaleKeepsTheBounds(int replicas, String message) {
        // given
        var wanted = "{\"spec\": {\"replicas\": " + replicas + "}}";
        // when
        var answer = patch("/scale", DRY_RUN, wanted);
        // then
        answer.expecting(422);
        assertThat(answer.message()).contains(message);
    }

    @Test
    void kubectlScalesIt() {
        // given
        // when
        var printed = server.kubectl("scale", "brr/scaled", "--replicas=2", "--dry-run=server");
        // then
        assertThat(printed).contains("brrservice.brr.dev/scaled scaled (server dry run)");
    }

    @Test
    void theStatusIsNotWrittenThroughTheServiceItself() {
        // given
        var both = "{\"spec\": {\"replicas\": 5}, \"status\": {\"readyReplicas\": 17}}";
        // when
        var written = patch("", DRY_RUN, both).expecting(200).body();
        // then
        assertThat(written.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(written.at("/status/readyReplicas").asInt()).isNotEqualTo(17);
    }

    @Test
    void theSpecIsNotWrittenThroughTheStatus() {
        // given
        var both = "{\"spec\": {\"replicas\": 5}, \"status\": {\"readyReplicas\": 17}}";
        // when
        var written = patch("/status", DRY_RUN, both).expecting(200).body();
        // then
        assertThat(written.at("/spec/replicas").asInt()).isZero();
        assertThat(written.at("/status/readyReplicas").asInt()).isEqualTo(17);
    }

    @Test
    void onlyTheSpecMovesTheGeneration() {
        // given
        var before = generation(server.get(service));
        // when
        var afterStatus = generation(patch("/status", DRY_RUN, "{\"status\": {\"observedGeneration\": 7}}"));
        var afterLabel = generation(patch("", DRY_RUN, "{\"metadata\": {\"labels\": {\"team\": \"pets\"}}}"));
        var afterSpec = generation(patch("", DRY_RUN, "{\"spec\": {\"replicas\": 9}}"));
        // then
        assertThat(afterStatus).isEqualTo(before);
        assertThat(afterLabel).isEqualTo(before);
        assertThat(afterSpec).isEqualTo(before + 1);
    }

    @Test
    void takesACompleteStatus() {
        // given
        var status = """
                observedGeneration: 9007199254740991
                conditions:
                - {type: Ready, status: "True", reason: AllReady, message: '', observedGeneration: 1, %1$s}
                - {type: TuningApplied, status: Unknown, reason: NoAnswer, message: no pod yet, %1$s}
                image: {repository: registry.invalid/a/b, digest: 'sha256:00', revision: '0123'}
                malloc: {requested: 'abort_conf:true', effective: 'abort_conf:true'}
                hungriestOperation: {operationId: addPet, measure: InUse, memory: 64Mi, pod: petstore-1, observedAt: '2026-01-01T00:00:00Z'}
                lastGood: {image: registry.invalid/a/b, digest: 'sha256:00', mallocConf: 'abort_conf:true'}
                replicas: 3
                readyReplicas: 2147483647
                selector: app.kubernetes.io/name=scaled
                """.formatted(NOW);
        // when
        var written = replaceStatus(status).expecting(200);
        // then
        assertThat(written.warnings()).isEmpty();
        assertThat(written.body().at("/status/conditions")).hasSize(2);
        assertThat(written.body().at("/status/lastGood/mallocConf").asText()).isEqualTo("abort_conf:true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {conditions: [{type: Ready, status: Perhaps, reason: R, message: m, NOW}]} | conditions[0].status: Unsupported value: "Perhaps"
            {conditions: [{type: Ready, status: 'True', message: m, NOW}]}             | conditions[0].reason: Required value
            {conditions: [{type: Ready, status: 'True', reason: R, message: m}]}       | conditions[0].lastTransitionTime: Required value
            {conditions: [{type: A, status: 'True', reason: R, message: m, NOW}, {type: A, status: 'False', reason: R, message: m, NOW}]} | conditions[1]: Duplicate value: {"type":"A"}
            {image: {repository: registry.invalid/a}}                                  | status.image.digest: Required value
            {image: {digest: 'sha256:00'}}                                             | status.image.repository: Required value
            {hungriestOperation: {operationId: a, measure: InUse, pod: p, observedAt: x}}                    | status.hungriestOperation.memory: Required value
            {hungriestOperation: {operationId: a, measure: Most, memory: 1Mi, pod: p, observedAt: x}}        | status.hungriestOperation.measure: Unsupported value: "Most"
            {hungriestOperation: {operationId: a, measure: InUse, memory: much, pod: p, observedAt: x}}      | hungriestOperation.memory in body should match
            {replicas: -1}                                                             | status.replicas: Invalid value: -1: replicas in body should be greater than or equal to 0
            {readyReplicas: 2147483648}                                                | readyReplicas in body should be less than or equal to 2147483647
            {observedGeneration: -1}                                                   | observedGeneration in body should be greater than or equal to 0
            {selector: 7}                                                              | selector in body must be of type string
            {condition: []}                                                            | unknown field "status.condition"
            """)
    void refusesAStatusThatReadersWouldStumbleOver(String status, String message) {
        // given
        var document = status.replace("NOW", NOW);
        // when
        var answer = replaceStatus(document);
        // then
        assertThat(answer.status()).isBetween(400, 422);
        assertThat(answer.message()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicas", "rollout", "malloc", "monitoring"})
    void whatIsTakenOutOfTheSpecComesBackAsItsDefault(String part) {
        // given
        var without = "{\"spec\": {\"" + part + "\": null}}";
        // when
        var written = patch("", DRY_RUN, without).expecting(200).body();
        // then
        assertThat(written.path("spec").has(part)).isTrue();
    }

    private static long generation(ApiServer.Answer answer) {
        return answer.expecting(200).body().at("/metadata/generation").asLong();
    }

    private static ApiServer.Answer patch(String subresource, String query, String body) {
        return server.send("PATCH", service + subresource + query, ApiServer.MERGE_PATCH, ApiServer.JSON, body);
    }

    /** Puts a status in the place of the one that is there: an operator that watches too may have written one. */
    private static ApiServer.Answer replaceStatus(String status) {
        var path = service + "/status" + ApiServer.STRICT_DRY_RUN;
        var body = "[{\"op\": \"add\", \"path\": \"/status\", \"value\": " + Yaml.toJson(status) + "}]";
        return server.send("PATCH", path, ApiServer.JSON_PATCH, ApiServer.JSON, body);
    }
}

package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brr.api.v1alpha1.SchemaNode.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at BrrServices as people do: through kubectl and the tables that it prints. */
class BrrServiceKubectlIT {

    private static final CrdSchema SCHEMA = CrdSchema.generated();
    private static final String SHOWN = """
            apiVersion: brr.dev/v1alpha1
            kind: BrrService
            metadata: {name: shown}
            spec:
              replicas: 0
              malloc: {preset: LowRss}
              image: {prebuilt: '%s'}
            """.formatted(NoImage.REFERENCE);
    private static final String STATUS = """
            {"status": {
              "readyReplicas": 2,
              "image": {"repository": "registry.invalid/a", "digest": "sha256:00", "revision": "4f2a91"},
              "hungriestOperation": {"operationId": "addPet", "measure": "InUse", "memory": "64Mi", "pod": "shown-1", "observedAt": "2026-01-01T00:00:00Z"},
              "conditions": [
                {"type": "ImageBuilt", "status": "True", "reason": "Built", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"},
                {"type": "Ready", "status": "False", "reason": "RollingOut", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}
              ]}}
            """;

    private static ApiServer server;

    @BeforeAll
    static void createOneService() {
        server = ApiServer.connect();
        server.send("POST", server.services() + "?fieldValidation=Strict", "application/yaml", ApiServer.JSON, SHOWN)
                .expecting(201);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"brrservices", "brrservice", "brr", "brrservices.brr.dev", "brrservices.v1alpha1.brr.dev"})
    void everyNameOfTheResourceFindsIt(String name) {
        // given
        // when
        var printed = server.kubectl("get", name);
        // then
        assertThat(printed.lines().findFirst().orElse("").split(" +"))
                .containsExactly("NAME", "READY", "REPLICAS", "PRESET", "IMAGE", "AGE");
        assertThat(row(printed, "shown")).startsWith("shown ").contains(" LowRss ");
    }

    @Test
    void theWideListSaysWhy() {
        // given
        // when
        var printed = server.kubectl("get", "brr", "--output", "wide");
        // then
        assertThat(printed.lines().findFirst().orElse("").split(" +"))
                .containsExactly("NAME", "READY", "REPLICAS", "PRESET", "IMAGE", "AGE", "REASON", "HUNGRIEST");
    }

    @Test
    void getAllListsIt() {
        // given
        // when
        var printed = server.kubectl("get", "all");
        // then
        assertThat(printed).contains("brrservice.brr.dev/shown");
    }

    @Test
    void aTableHasWhatTheStatusSays() {
        // given
        var path = server.services() + "/shown/status?dryRun=All";
        // when
        // Columns follow a changed CRD a moment after its schema.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var table = server.send("PATCH", path, ApiServer.MERGE_PATCH, ApiServer.TABLE, STATUS)
                    .expecting(200)
                    .body();
            // then
            assertThat(table.path("kind").asText()).isEqualTo("Table");
            assertThat(table.path("columnDefinitions").findValuesAsText("name"))
                    .containsExactly("Name", "Ready", "Replicas", "Preset", "Image", "Age", "Reason", "Hungriest");
            assertThat(withoutAge(table.at("/rows/0/cells")))
                    .containsExactly("shown", "False", "2", "LowRss", "4f2a91", "RollingOut", "addPet");
        });
    }

    @Test
    void aTableOfAServiceWithoutStatusHasEmptyCellsAndItsPreset() {
        // given
        var path = server.services() + "?dryRun=All";
        var document = "{apiVersion: brr.dev/v1alpha1, kind: BrrService, metadata: {name: fresh}}";
        // when
        var table = server.send("POST", path, "application/yaml", ApiServer.TABLE, document)
                .expecting(201)
                .body();
        // then
        assertThat(withoutAge(table.at("/rows/0/cells")))
                .containsExactly("fresh", "null", "null", "Balanced", "null", "null", "null");
    }

    @Test
    void explainListsEveryField() {
        // given
        var names = SCHEMA.spec().filter(node -> node.kind() == Kind.PROPERTY).toList();
        // when
        var printed = server.kubectl("explain", "brrservice.spec", "--recursive");
        // then
        var listed = printed.lines()
                .filter(line -> line.contains("\t<"))
                .map(line -> line.strip().split("\t")[0])
                .toList();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(names.stream()
                        .filter(node -> !node.path().equals("spec"))
                        .map(node -> node.path().substring(node.path().lastIndexOf('.') + 1))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> explainHasTheTextOfEveryField() {
        var objects = SCHEMA.nodes().stream()
                .filter(node -> node.schema().has("properties")
                        || node.schema().path("items").has("properties"))
                .filter(node -> node.kind() != Kind.ENTRY)
                .toList();
        var progress = new Progress("explain", objects.size());
        return objects.stream()
                .map(object -> DynamicTest.dynamicTest(name(object), () -> {
                    // given
                    var fields = fieldsOf(object);
                    // when
                    var printed = progress.step(name(object), () -> server.kubectl("explain", name(object)));
                    // then
                    var text = unwrapped(printed);
                    assertThat(fields)
                            .isNotEmpty()
                            .allSatisfy(field -> assertThat(text)
                                    .as(field.path())
                                    .contains(unwrapped(
                                            field.schema().get("description").asText())));
                }));
    }

    @Test
    void explainSaysWhatAFieldMustBe() {
        // given
        // when
        var printed = unwrapped(server.kubectl("explain", "brr.spec.malloc.preset"));
        // then
        assertThat(printed).contains("ENUM: Balanced LowRss Profiling Throughput");
        assertThat(printed).contains("FIELD: preset <string>");
    }

    @Test
    void kubectlShowsWhyItRefusesAFile(@TempDir Path folder) throws IOException {
        // given
        var file = folder.resolve("brrservice.yaml");
        Files.writeString(file, SHOWN.replace("replicas: 0", "autoscaling: {max: 3}"));
        // when
        var refusal = catchThrowable(() -> server.kubectl("apply", "--dry-run=server", "--filename", file.toString()));
        // then
        assertThat(refusal).hasMessageContaining("autoscaling needs a target: cpu, memory or both");
    }

    private static List<SchemaNode> fieldsOf(SchemaNode object) {
        var inner = object.schema().has("items") ? object.path() + "[]" : object.path();
        var prefix = inner.isEmpty() ? "" : inner + ".";
        return SCHEMA.properties()
                .filter(node -> node.path().startsWith(prefix)
                        && !node.path().substring(prefix.length()).contains("."))
                .toList();
    }

    private static String name(SchemaNode object) {
        return object.path().isEmpty()
                ? "brrservice"
                : "brrservice." + object.path().replace("[]", "");
    }

    private static String unwrapped(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String row(String printed, String name) {
        return printed.lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElse("");
    }

    /** The age is the only cell that depends on the clock; it comes sixth. */
    private static List<String> withoutAge(JsonNode cells) {
        var texts = StreamSupport.stream(cells.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return Stream.concat(texts.stream().limit(5), texts.stream().skip(6)).toList();
    }
}

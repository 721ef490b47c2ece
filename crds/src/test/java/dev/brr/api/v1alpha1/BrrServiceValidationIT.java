package dev.brr.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Has a real API server judge every file of the corpus and every example. */
class BrrServiceValidationIT {

    private static ApiServer server;

    @BeforeAll
    static void connect() {
        server = ApiServer.connect();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> takesWhatIsValid() {
        return eachOf("valid", Corpus.valid(), BrrServiceValidationIT::assertTaken);
    }

    @TestFactory
    Stream<DynamicTest> takesWhatIsShown() {
        return eachOf("shown", Corpus.shown(), BrrServiceValidationIT::assertTaken);
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsInvalid() {
        return eachOf("invalid", Corpus.invalid(), BrrServiceValidationIT::assertRefused);
    }

    @TestFactory
    Stream<DynamicTest> takesWhatPodsStartWithAndNothingElse() {
        var settings = PodSetting.all();
        var progress = new Progress("settings of pods", settings.size());
        return settings.stream()
                .map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
                    // when
                    var answer = progress.step(setting.toString(), () -> server.tryCreate(setting.document()));
                    // then
                    assertThat(answer.status())
                            .as(answer::message)
                            .isEqualTo(setting.isTakenByTheApiServer() ? 201 : 422);
                }));
    }

    @Test
    void appliedFromTheServerSideItGetsTheSameDefaults() {
        // given
        var path = server.services() + "/applied?dryRun=All&fieldValidation=Strict&fieldManager=a-user";
        var document = "{apiVersion: brr.dev/v1alpha1, kind: BrrService, metadata: {name: applied}}";
        // when
        var answer = server.send("PATCH", path, "application/apply-patch+yaml", ApiServer.JSON, document);
        // then
        answer.expecting(201);
        assertThat(answer.body().at("/spec/malloc/preset").asText()).isEqualTo("Balanced");
        assertThat(answer.body().at("/spec/replicas").asInt()).isEqualTo(1);
    }

    @Test
    void twoAppliersMayOwnDifferentSchemesOfOneService() {
        // given
        var ours = scheme("ApiKeyHeader");
        var theirs = scheme("ApiKeyQuery");
        var path = server.services() + "/shared?fieldManager=";
        // when
        apply(path + "ours", ours).expecting(201);
        var merged = apply(path + "theirs", theirs).expecting(200);
        // then
        assertThat(merged.body().at("/spec/security/schemes").findValuesAsText("name"))
                .contains("ApiKeyHeader", "ApiKeyQuery");
        server.send("DELETE", server.services() + "/shared", ApiServer.JSON, ApiServer.JSON, "")
                .expecting(200);
    }

    @ParameterizedTest
    @CsvSource({"Warn, true", "Ignore, false"})
    void prunesUnknownFieldsWhereItIsNotAskedToRefuseThem(String fieldValidation, boolean warns) {
        // given
        var path = server.services() + "?dryRun=All&fieldValidation=" + fieldValidation;
        var document = document("misspelt", "{replicas: 2, replica: 3, malloc: {presets: LowRss}}");
        // when
        var answer = server.send("POST", path, "application/yaml", ApiServer.JSON, document);
        // then
        answer.expecting(201);
        assertThat(answer.body().at("/spec").has("replica")).isFalse();
        assertThat(answer.body().at("/spec/malloc").has("presets")).isFalse();
        assertThat(answer.body().at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(String.join("\n", answer.warnings()).contains("unknown field \\\"spec.replica\\\""))
                .as("%s", answer.warnings())
                .isEqualTo(warns);
    }

    @Test
    void refusesTheSameNameOfASchemeFromOneApplier() {
        // given
        var twice = document(
                "twice",
                "{security: {schemes: [{name: a, secretKeyRef: {name: k, key: k}}, {name: a, secretKeyRef: {name: k, key: l}}]}}");
        // when
        var answer = apply(server.services() + "/twice?dryRun=All&fieldManager=ours", twice);
        // then
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(answer.message()).contains("duplicate entries for key [name=\"a\"]");
    }

    private static Stream<DynamicTest> eachOf(String what, List<CorpusFile> files, Judgement judgement) {
        var progress = new Progress(what, files.size());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.name(), () -> {
                    // when
                    var answer = progress.step(file.name(), () -> server.tryCreate(file.body()));
                    // then
                    judgement.check(file, answer);
                }));
    }

    private interface Judgement {
        void check(CorpusFile file, ApiServer.Answer answer);
    }

    private static void assertTaken(CorpusFile file, ApiServer.Answer answer) {
        answer.expecting(201);
        assertThat(answer.warnings()).isEmpty();
        assertThat(file.defaults())
                .allSatisfy(each -> assertThat(answer.body().at(each.pointer()).asText())
                        .as("%s", each.pointer())
                        .isEqualTo(each.value()));
        assertKept(file.document().path("spec"), answer.body().path("spec"));
    }

    /** What was said comes back unchanged: nothing is pruned and no default overrides it. */
    private static void assertKept(JsonNode said, JsonNode kept) {
        said.properties().stream().filter(field -> !field.getValue().isNull()).forEach(field -> {
            var back = kept.path(field.getKey());
            if (field.getValue().isObject()) {
                assertKept(field.getValue(), back);
            } else {
                assertThat(back).as(field.getKey()).isEqualTo(field.getValue());
            }
        });
    }

    private static void assertRefused(CorpusFile file, ApiServer.Answer answer) {
        assertThat(answer.status())
                .as("taken, but should not be: %s", answer.body())
                .isBetween(400, 422);
        assertThat(answer.message()).contains(file.expectations());
    }

    private static ApiServer.Answer apply(String path, String document) {
        return server.send("PATCH", path, "application/apply-patch+yaml", ApiServer.JSON, document);
    }

    private static String scheme(String name) {
        return document(
                "shared",
                "{replicas: 0, image: {prebuilt: '" + NoImage.REFERENCE + "'}," + " security: {schemes: [{name: " + name
                        + ", secretKeyRef: {name: keys, key: k}}]}}");
    }

    private static String document(String name, String spec) {
        return "{apiVersion: brr.dev/v1alpha1, kind: BrrService, metadata: {name: " + name + "}, spec: " + spec + "}";
    }
}

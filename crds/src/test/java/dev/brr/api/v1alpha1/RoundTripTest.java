package dev.brr.api.v1alpha1;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the API server accepts into the records and writes it back without losing a word. */
class RoundTripTest {

    static Stream<CorpusFile> accepted() {
        return Stream.of(Corpus.valid(), Corpus.shown()).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aFileComesBackAsItWas(CorpusFile file) {
        // given
        var document = file.document();
        // when
        var service = StrictMapper.read(document, BrrService.class);
        var written = StrictMapper.write(service);
        // then
        assertThat(withoutNulls(written.path("spec")))
                .isEqualTo(withAmountsAsText(withoutNulls(document.path("spec").deepCopy())));
        assertThat(written.at("/metadata/name")).isEqualTo(document.at("/metadata/name"));
        assertThat(StrictMapper.read(written, BrrService.class).getSpec()).isEqualTo(service.getSpec());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void yamlSaysTheSameAsJson(CorpusFile file) {
        // given
        var service = StrictMapper.read(file.document(), BrrService.class);
        // when
        var yaml = Serialization.asYaml(service);
        var read = Serialization.unmarshal(yaml, BrrService.class);
        // then
        assertThat(read.getSpec()).isEqualTo(service.getSpec());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{replica: 1}",
                "{openapi: {url: x}}",
                "{openapi: {configMapKeyRef: {name: a, key: b, optional: true}}}",
                "{malloc: {conf: x}}",
                "{image: {tag: x}}",
                "{image: {pushSecretRef: {name: a, namespace: b}}}",
                "{autoscaling: {max: 1, target: 2}}",
                "{resources: {claims: []}}",
                "{resources: {limits: {storage: 1Gi}}}",
                "{memory: {heap: 50}}",
                "{security: {default: x}}",
                "{security: {schemes: [{name: a, value: b}]}}",
                "{monitoring: {grafana: true}}",
                "{observability: {metrics: {}}}",
                "{observability: {tracing: {endpoint: a, headers: []}}}",
                "{observability: {tracing: {endpoint: a, headersSecretRef: {name: a, key: b, optional: true}}}}",
                "{http: {port: 80}}",
                "{http: {cors: {origins: [a], methods: [GET]}}}",
                "{http: {rateLimit: {requests: 1, seconds: 1, clients: 1}}}",
                "{validation: {requests: false}}",
                "{rollout: {maxSurge: 1}}",
            })
    void aFieldThatTheRecordsDoNotKnowIsRefused(String spec) {
        // given
        var document = Yaml.read(spec);
        // when
        // then
        assertThatThrownBy(() -> StrictMapper.read(document, BrrServiceSpec.class))
                .hasMessageContaining("Unrecognized field");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{malloc: {preset: balanced}} | MallocPreset",
                "{monitoring: {scrape: podMonitor}} | ScrapeMode",
                "{image: {platforms: [LINUX_AMD64]}} | Platform",
            })
    void aChoiceIsReadOnlyAsTheApiSpellsIt(String spec, String type) {
        // given
        var document = Yaml.read(spec);
        // when
        // then
        assertThatThrownBy(() -> StrictMapper.read(document, BrrServiceSpec.class))
                .hasMessageContaining(type);
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void aPlatformIsWrittenAsImageIndexesSpellIt(Platform platform) {
        // given
        var image = new ImageSpec(null, null, null, List.of(platform), null);
        // when
        var written = StrictMapper.write(image);
        // then
        assertThat(written.at("/platforms/0").asText()).isEqualTo("linux/" + platform.architecture());
        assertThat(StrictMapper.read(written, ImageSpec.class)).isEqualTo(image);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "'\"2\"', 2", "500m, 0.5", "1.5Gi, 1610612736", "536870912, 536870912", "1k, 1000", "0, 0"})
    void anAmountIsReadAsNumberOrText(String written, String amount) {
        // given
        var document = Yaml.read("{cpu: " + written + "}");
        // when
        var amounts = StrictMapper.read(document, ResourceAmounts.class);
        // then
        assertThat(requireNonNull(amounts.cpu()).getNumericalAmount()).isEqualByComparingTo(amount);
    }

    @Test
    void anAbsentSpecStaysAbsent() {
        // given
        var document = Yaml.read("{apiVersion: brr.dev/v1alpha1, kind: BrrService, metadata: {name: a}}");
        // when
        var service = StrictMapper.read(document, BrrService.class);
        // then
        assertThat(service.getSpec()).isNull();
        assertThat(service.getStatus()).isNull();
        assertThat(StrictMapper.write(service).has("spec")).isFalse();
        assertThat(StrictMapper.write(service).has("status")).isFalse();
    }

    @Test
    void aServiceMadeInJavaSaysWhatItIs() {
        // given
        var service = new BrrService();
        service.setMetadata(new ObjectMetaBuilder().withName("petstore").build());
        service.setSpec(new BrrServiceSpec(
                null,
                new MallocSpec(MallocPreset.LowRss, Map.of("thp", "never")),
                null,
                2,
                null,
                new Resources(new ResourceAmounts(new Quantity("1"), new Quantity("512Mi")), null),
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        // when
        var written = StrictMapper.write(service);
        // then
        assertThat(written).isEqualTo(Yaml.read("""
                        apiVersion: brr.dev/v1alpha1
                        kind: BrrService
                        metadata: {name: petstore}
                        spec:
                          malloc: {preset: LowRss, options: {thp: never}}
                          replicas: 2
                          resources: {limits: {cpu: "1", memory: 512Mi}}
                        """));
    }

    @Test
    void aStatusComesBackAsItWas() {
        // given
        var status = Yaml.read("""
                observedGeneration: 9007199254740991
                conditions:
                - lastTransitionTime: "2026-01-01T00:00:00Z"
                  message: 2 of 2 pods are ready
                  observedGeneration: 3
                  reason: AllReady
                  status: "True"
                  type: Ready
                image: {repository: registry.invalid/a/b, digest: "sha256:00", revision: "0123", aotCache: Included}
                malloc: {requested: "abort_conf:true", effective: "abort_conf:true"}
                hungriestOperation: {operationId: addPet, measure: InUse, memory: 64Mi, pod: petstore-1, observedAt: "2026-01-01T00:00:00Z"}
                lastGood:
                  image: registry.invalid/a/b
                  digest: "sha256:00"
                  mallocConf: "abort_conf:true"
                  security:
                    schemes:
                    - name: ApiKeyHeader
                      secretKeyRef: {name: keys, key: apiKey}
                    - name: Staff
                      jwt: {issuer: https://id/, audience: a, jwks: https://id/keys, algorithm: ES256, leewaySeconds: 10}
                replicas: 2
                readyReplicas: 2
                selector: app.kubernetes.io/name=petstore
                """);
        // when
        var read = StrictMapper.read(status, BrrServiceStatus.class);
        // then
        assertThat(normalNumbers(StrictMapper.write(read))).isEqualTo(normalNumbers(status));
        assertThat(CrdSchema.generated().properties().filter(place -> place.isUnder("status")))
                .as("this test's status has every field")
                .allSatisfy(place -> assertThat(place.valuesIn(wrapped(status)))
                        .as(place.path())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aClonedServiceIsTheSame(CorpusFile file) {
        // given
        var spec = StrictMapper.read(file.document(), BrrService.class).getSpec();
        var service = new BrrService();
        service.setSpec(spec);
        // when
        var copy = Serialization.clone(service);
        // then
        assertThat(copy.getSpec()).isEqualTo(spec);
    }

    private static JsonNode wrapped(JsonNode status) {
        var root = StrictMapper.MAPPER.createObjectNode();
        root.set("status", status);
        return root;
    }

    private static JsonNode normalNumbers(JsonNode node) {
        return Yaml.read(node.toString());
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(RoundTripTest::withoutNulls);
        return node;
    }

    /** A Quantity keeps the number and not whether it was written as one. */
    private static JsonNode withAmountsAsText(JsonNode spec) {
        for (var side : List.of("limits", "requests")) {
            if (spec.path("resources").path(side) instanceof ObjectNode amounts) {
                amounts.properties()
                        .forEach(amount -> amount.setValue(
                                TextNode.valueOf(amount.getValue().asText())));
            }
        }
        return spec;
    }
}

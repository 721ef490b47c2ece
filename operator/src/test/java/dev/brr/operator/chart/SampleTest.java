package dev.brr.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.brr.api.v1alpha1.BrrService;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first BrrService that a user meets. A real API server takes it in scripts/install. */
class SampleTest {

    private static final Path ROOT = Path.of("..");
    private static final Path EXAMPLE = ROOT.resolve("examples").resolve("01-petstore");

    @Test
    void isTheSameAtTheTopAndInTheExample() throws IOException {
        // given
        var example = yaml(EXAMPLE.resolve("01-petstore.yaml"));
        // when
        var top = yaml(ROOT.resolve("brrservice.yaml"));
        // then
        assertThat(top).isEqualTo(example);
    }

    @Test
    void hasNoFieldThatTheApiDoesNotKnow() throws IOException {
        // given
        var strict = Serialization.jsonMapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        // when
        var service = strict.convertValue(yaml(ROOT.resolve("brrservice.yaml")), BrrService.class);
        // then
        assertThat(service.getMetadata().getName()).isEqualTo("petstore");
        assertThat(service.getSpec().replicas()).isEqualTo(1);
    }

    @Test
    void takesItsKeyFromASecretThatNoFileHolds() throws IOException {
        // given
        var scheme = yaml(ROOT.resolve("brrservice.yaml")).at("/spec/security/schemes/0");
        // when
        List<JsonNode> manifests;
        try (var files = Files.list(EXAMPLE)) {
            manifests = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(SampleTest::unchecked)
                    .toList();
        }
        // then
        assertThat(scheme.at("/secretKeyRef/name").asText()).isEqualTo("petstore-keys");
        assertThat(manifests)
                .noneMatch(manifest -> manifest.at("/kind").asText().equals("Secret"));
    }

    @Test
    void namesASchemeOfTheBundledDocument() throws IOException {
        // given
        var document = yaml(ROOT.resolve("petstore-image/src/main/resources/dev/brr/petstore/openapi.yaml"));
        // when
        var scheme = yaml(ROOT.resolve("brrservice.yaml"))
                .at("/spec/security/schemes/0/name")
                .asText();
        // then
        assertThat(document.at("/components/securitySchemes").has(scheme)).isTrue();
    }

    private static JsonNode yaml(Path file) throws IOException {
        return Serialization.yamlMapper().readTree(Files.readString(file));
    }

    private static JsonNode unchecked(Path file) {
        try {
            return yaml(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

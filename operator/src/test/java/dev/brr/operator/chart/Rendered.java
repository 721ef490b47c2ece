package dev.brr.operator.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what the chart renders.
 *
 * @param documents the YAML documents as Helm wrote them, in its order
 */
record Rendered(List<String> documents) {

    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");

    static Rendered of(String manifest) {
        return new Rendered(SEPARATOR
                .splitAsStream(manifest)
                .map(String::strip)
                .filter(document -> !document.isEmpty())
                .toList());
    }

    List<JsonNode> trees() {
        return documents.stream().map(Rendered::parse).toList();
    }

    /** "Kind name" or "Kind namespace/name" of every object. */
    List<String> names() {
        return trees().stream()
                .map(tree -> {
                    var metadata = tree.get("metadata");
                    var namespace = metadata.has("namespace")
                            ? metadata.get("namespace").asText() + "/"
                            : "";
                    return tree.get("kind").asText() + " " + namespace
                            + metadata.get("name").asText();
                })
                .sorted()
                .toList();
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        var kind = HasMetadata.getKind(type);
        return trees().stream()
                .filter(tree -> tree.get("kind").asText().equals(kind))
                .map(tree -> Serialization.jsonMapper().convertValue(tree, type))
                .toList();
    }

    <T extends HasMetadata> T only(Class<T> type) {
        var all = all(type);
        if (all.size() != 1) {
            throw new AssertionError("expected one " + HasMetadata.getKind(type) + " but the chart renders " + names());
        }
        return all.getFirst();
    }

    /** Everything but CRDs, as the golden files keep it. */
    String withoutCrds() {
        return documents.stream()
                .filter(document -> !parse(document).get("kind").asText().equals("CustomResourceDefinition"))
                .collect(Collectors.joining("\n---\n", "---\n", "\n"));
    }

    PodSpec pod() {
        return only(Deployment.class).getSpec().getTemplate().getSpec();
    }

    Container container() {
        return pod().getContainers().getFirst();
    }

    Map<String, String> environment() {
        return container().getEnv().stream().collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    Stream<JsonNode> ofKind(String kind) {
        return trees().stream().filter(tree -> tree.get("kind").asText().equals(kind));
    }

    private static JsonNode parse(String document) {
        try {
            return Serialization.yamlMapper().readTree(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Helm rendered what is no YAML:\n" + document, e);
        }
    }
}

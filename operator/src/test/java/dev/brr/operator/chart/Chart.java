package dev.brr.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Renders the chart as {@code helm template} and {@code helm install} do. */
final class Chart {

    static final Path FOLDER = Path.of("..", "helm", "brr-operator");

    static final String RELEASE = "brr-operator";
    static final String NAMESPACE = "brr-system";
    static final String KUBERNETES = "1.34.4";

    /** The one value without a default. */
    static final String REGISTRY = "registry: {host: registry.example.com}\n";

    private Chart() {}

    static Rendered render(String values) {
        return render(values, KUBERNETES);
    }

    static Rendered render(String values, String kubernetes) {
        return withFile(values, file -> render(file, kubernetes));
    }

    static Rendered render(Path values) {
        return render(values, KUBERNETES);
    }

    private static Rendered render(Path values, String kubernetes) {
        return Rendered.of(new Helm(FOLDER)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(kubernetes)
                .withValuesFile(values)
                .call());
    }

    /** What Helm tells the person who installs; no cluster is asked. */
    static String notes(String values) {
        var output = withFile(
                values,
                file -> new Helm(FOLDER)
                        .install()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES)
                        .withValuesFile(file)
                        .clientOnly()
                        .dryRun()
                        .call()
                        .getOutput());
        return output.substring(output.indexOf("NOTES:"));
    }

    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    /** The values files that show each way to install. */
    static List<Path> cases() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.filter(file -> file.toString().endsWith("-values.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML or JSON file of the chart. */
    static JsonNode tree(String file) {
        try {
            return Serialization.yamlMapper().readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface WithFile<T> {
        T apply(Path file);
    }

    private static <T> T withFile(String values, WithFile<T> action) {
        try {
            var file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return action.apply(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

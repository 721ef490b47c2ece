package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** BrrServices that the API server has to take or refuse, and those that the documentation shows. */
final class Corpus {

    /** The example beside the reference that sets every field that another does not exclude. */
    static final Path COMPLETE_EXAMPLE = Path.of("..", "docs", "reference", "brrservice-complete.yaml");

    private static final Path ROOT = Path.of("src", "test", "resources", "validation");
    private static final List<Path> SHOWN =
            List.of(Path.of("..", "brrservice.yaml"), Path.of("..", "examples"), COMPLETE_EXAMPLE);

    private Corpus() {}

    static List<CorpusFile> valid() {
        return files(ROOT.resolve("valid")).map(CorpusFile::read).toList();
    }

    static List<CorpusFile> invalid() {
        return files(ROOT.resolve("invalid")).map(CorpusFile::read).toList();
    }

    /** Returns every BrrService of the examples and the documentation, without its namespace. */
    static List<CorpusFile> shown() {
        return SHOWN.stream()
                .filter(Files::exists)
                .flatMap(Corpus::files)
                .flatMap(Corpus::servicesOf)
                .toList();
    }

    private static Stream<CorpusFile> servicesOf(Path file) {
        try {
            return Yaml.readAll(Files.readString(file)).stream()
                    .filter(document -> document.path("kind").asText().equals("BrrService"))
                    .peek(document -> ((ObjectNode) document.get("metadata")).remove("namespace"))
                    .map(document -> CorpusFile.parse(file.normalize().toString(), document.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static Stream<Path> files(Path root) {
        try (var walk = Files.walk(root)) {
            return walk.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

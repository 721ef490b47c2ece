package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in an image beside its base, and how it is started. */
class ServiceImageTest {

    private static final String DOCUMENT = "openapi: 3.1.0\n";

    @TempDir
    Path directory;

    private Path texts;
    private ServiceFiles files;

    @BeforeEach
    void packageRuntime() throws IOException {
        write("service/libs/zeta-1.0.jar", "zeta");
        write("service/libs/brr-runtime-0.1.0.jar", "runtime");
        write("service/petstore/brr-petstore-0.1.0.jar", "pets");
        write("service/openapi.yaml", "openapi: 3.1.0 # bundled\n");
        write("service/jvm.options", "-XX:+UseSerialGC\n");
        write("native/linux-amd64/libjemalloc.so.2", "jemalloc");
        write("native/linux-arm64/libjemalloc.so.2", "jemalloc of arm64");
        texts = Files.createDirectories(directory.resolve("texts"));
        files = ServiceFiles.read(directory.resolve("service"), directory.resolve("native"));
    }

    @Test
    void startsWithOptionsAndClassPathFromFilesInTheImage() {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var command = image.entrypoint();
        // then
        assertThat(command)
                .containsExactly(
                        "java",
                        "@/app/jvm.options",
                        "@/app/class-path.options",
                        "dev.brr.runtime.RuntimeMain",
                        "--spec",
                        "/app/openapi.yaml");
    }

    @Test
    void anAotCacheIsNamedBeforeTheClassPathAndKeepsQuietOnStandardOutput() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.of(cache()));
        // when
        var command = image.entrypoint();
        // then
        assertThat(command)
                .containsExactly(
                        "java",
                        "@/app/jvm.options",
                        "-XX:AOTCache=/app/service.aot",
                        "-Xlog:aot*=off",
                        "-Xlog:aot=error:stderr",
                        "@/app/class-path.options",
                        "dev.brr.runtime.RuntimeMain",
                        "--spec",
                        "/app/openapi.yaml");
    }

    @Test
    void anAotCacheIsALayerBetweenTheRuntimeAndTheHandlers() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.of(cache()));
        // when
        var layers = image.layers(request(true, "amd64"), "");
        // then: one for all services, and none of theirs changes it
        assertThat(layers)
                .extracting(FileEntriesLayer::getName)
                .containsExactly("jemalloc", "runtime", "aot-cache", "handlers", "document");
        assertThat(content(layers, "/app/service.aot")).isEqualTo("cache");
    }

    @Test
    void anAotCacheChangesNoOtherLayer() throws IOException {
        // given
        var without = new ServiceImage(files, texts, Optional.empty()).layers(request(true, "amd64"), "");
        // when
        var with = new ServiceImage(files, texts, Optional.of(cache())).layers(request(true, "amd64"), "");
        // then
        assertThat(paths(with)).contains("/app/service.aot").containsAll(paths(without));
        assertThat(with)
                .hasSize(without.size() + 1)
                .extracting(FileEntriesLayer::getEntries)
                .containsAll(without.stream().map(FileEntriesLayer::getEntries).toList());
    }

    @Test
    void layersGoFromWhatRarelyChangesToWhatOftenDoes() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(true, "amd64"), "");
        // then
        assertThat(layers)
                .extracting(FileEntriesLayer::getName)
                .containsExactly("jemalloc", "runtime", "handlers", "document");
    }

    @Test
    void onlyThePetStoreBringsHandlers() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(false, "amd64"), "");
        // then
        assertThat(layers).extracting(FileEntriesLayer::getName).doesNotContain("handlers");
        assertThat(paths(layers)).noneMatch(path -> path.startsWith("/app/handlers"));
    }

    @Test
    void everyFileThatTheCommandNamesIsInTheImage() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(true, "amd64"), "");
        // then
        assertThat(paths(layers))
                .contains("/app/jvm.options", "/app/class-path.options", "/app/openapi.yaml")
                .containsAll(ClassPath.of(files.libraries()).entries().stream()
                        .filter(entry -> !entry.endsWith("*"))
                        .toList())
                .contains("/app/handlers/brr-petstore-0.1.0.jar", "/opt/brr/lib/libjemalloc.so.2");
    }

    @Test
    void theClassPathIsTheOneOfTheRuntimesJars() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(true, "amd64"), "");
        // then: the same text for each image, so that the layer of the runtime is one for all
        assertThat(content(layers, "/app/class-path.options"))
                .isEqualTo("-cp \"/app/libs/brr-runtime-0.1.0.jar:/app/libs/zeta-1.0.jar:/app/handlers/*\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "arm64"})
    void jemallocIsTheOneOfTheArchitecture(String architecture) throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(false, architecture), "");
        // then
        assertThat(content(layers, "/opt/brr/lib/libjemalloc.so.2"))
                .isEqualTo(architecture.equals("amd64") ? "jemalloc" : "jemalloc of arm64");
    }

    @Test
    void theDocumentIsTheRequests() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(true, "amd64"), "");
        // then
        assertThat(content(layers, "/app/openapi.yaml")).isEqualTo(DOCUMENT);
    }

    @Test
    void whatWasCheckedLiesBesideTheDocument() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(true, "amd64"), "{\"build\":\"1\"}");
        // then: in one layer, they change together
        assertThat(content(layers, "/app/openapi.yaml.checked")).isEqualTo("{\"build\":\"1\"}");
        assertThat(content(layers, "/app/openapi.yaml")).isEqualTo(DOCUMENT);
        assertThat(paths(List.of(layers.getLast()))).containsExactly("/app/openapi.yaml", "/app/openapi.yaml.checked");
    }

    @Test
    void aRuntimeThatWroteNothingOfItsCheckAddsNoFile() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(true, "amd64"), "");
        // then
        assertThat(paths(layers)).doesNotContain("/app/openapi.yaml.checked");
    }

    @Test
    void whatTheBasePreloadsIsNamedForTheLoader() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layer = image.preload(new BasePreload.Kept(List.of("/usr/lib/libfaketime.so.1")));
        // then
        assertThat(content(List.of(layer), "/etc/ld.so.preload")).isEqualTo("/usr/lib/libfaketime.so.1\n");
    }

    @Test
    void noFileHasTheTimeOfItsMaking() throws IOException {
        // given
        var image = new ServiceImage(files, texts, Optional.empty());
        // when
        var layers = image.layers(request(true, "amd64"), "");
        // then
        assertThat(layers)
                .flatExtracting(FileEntriesLayer::getEntries)
                .extracting(FileEntry::getModificationTime)
                .containsOnly(Instant.ofEpochSecond(1));
    }

    private static BuildRequest request(boolean petStore, String architecture) {
        return new BuildRequest(
                "base", "registry.example/shop/pets", DOCUMENT, petStore, List.of(architecture), "runtime", null);
    }

    private Path cache() throws IOException {
        return Files.writeString(directory.resolve("made.aot"), "cache");
    }

    private static List<String> paths(List<FileEntriesLayer> layers) {
        return layers.stream()
                .flatMap(layer -> layer.getEntries().stream())
                .map(entry -> entry.getExtractionPath().toString())
                .collect(Collectors.toList());
    }

    private static String content(List<FileEntriesLayer> layers, String path) throws IOException {
        var file = layers.stream()
                .flatMap(layer -> layer.getEntries().stream())
                .filter(entry -> entry.getExtractionPath().toString().equals(path))
                .map(FileEntry::getSourceFile)
                .findFirst()
                .orElseThrow();
        return Files.readString(file);
    }

    private void write(String file, String text) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}

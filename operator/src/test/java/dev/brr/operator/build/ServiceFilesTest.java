package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceFilesTest {

    @TempDir
    Path directory;

    private Path service;
    private Path natives;

    @BeforeEach
    void packageRuntime() throws IOException {
        service = directory.resolve("service");
        natives = directory.resolve("native");
        write("service/libs/brr-runtime-0.1.0.jar", "runtime");
        write("service/libs/helidon-4.5.0.jar", "helidon");
        write("service/petstore/brr-petstore-0.1.0.jar", "handlers");
        write("service/openapi.yaml", "openapi: 3.1.0\n");
        write("service/jvm.options", "-XX:+UseSerialGC\n");
        write("native/linux-amd64/libjemalloc.so.2", "jemalloc");
    }

    @Test
    void findsEveryPartOfAPackagedRuntime() throws IOException {
        // given
        // when
        var files = ServiceFiles.read(service, natives);
        // then
        assertThat(files.libraries())
                .containsExactly(
                        service.resolve("libs/brr-runtime-0.1.0.jar"), service.resolve("libs/helidon-4.5.0.jar"));
        assertThat(files.handlers()).containsExactly(service.resolve("petstore/brr-petstore-0.1.0.jar"));
        assertThat(files.jvmOptions()).isEqualTo(service.resolve("jvm.options"));
        assertThat(files.petStoreDocument()).isEqualTo("openapi: 3.1.0\n");
    }

    @Test
    void onlyJarsAreLibraries() throws IOException {
        // given
        write("service/libs/README.txt", "not a jar");
        write("service/petstore/notes.jar.bak", "not a jar");
        // when
        var files = ServiceFiles.read(service, natives);
        // then
        assertThat(files.libraries()).hasSize(2);
        assertThat(files.handlers()).hasSize(1);
    }

    @Test
    void jemallocIsFoundByArchitecture() throws IOException {
        // given
        var files = ServiceFiles.read(service, natives);
        // when
        var jemalloc = files.jemalloc();
        // then
        assertThat(jemalloc).containsExactly(Map.entry("amd64", natives.resolve("linux-amd64/libjemalloc.so.2")));
    }

    @ParameterizedTest
    @CsvSource({"amd64, amd64", "'amd64,arm64', arm64"})
    void oneCarriedArchitectureIsNotRefused(String carried, String wanted) {
        // given
        var files = carrying(carried);
        // when
        var refusal = files.refusal(List.of(wanted));
        // then
        assertThat(refusal).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "amd64,         arm64,         'this operator carries no jemalloc for linux/arm64; take it out of spec.image.platforms'",
        "amd64,         'amd64,arm64', 'this operator carries no jemalloc for linux/arm64; take it out of spec.image.platforms'",
        "riscv64,       'amd64,arm64', 'this operator carries no jemalloc for linux/amd64, linux/arm64; take it out of spec.image.platforms'",
        "'amd64,arm64', 'amd64,arm64', 'an image is built for one platform; leave one in spec.image.platforms'",
    })
    void architecturesAreRefusedWithWhatToChange(String carried, String wanted, String message) {
        // given
        var files = carrying(carried);
        // when
        var refusal = files.refusal(List.of(wanted.split(",")));
        // then
        assertThat(refusal).contains(message);
    }

    private static ServiceFiles carrying(String architectures) {
        var jemalloc = new HashMap<String, Path>();
        for (var architecture : architectures.split(",")) {
            jemalloc.put(architecture, Path.of("linux-" + architecture, "libjemalloc.so.2"));
        }
        return new ServiceFiles(List.of(), List.of(), Path.of("jvm.options"), "", jemalloc, "hash");
    }

    @Test
    void equalFilesHashAlikeWhereverTheyLie() throws IOException {
        // given
        var files = ServiceFiles.read(service, natives);
        var elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.move(service, elsewhere.resolve("service"));
        Files.move(natives, elsewhere.resolve("native"));
        // when
        var moved = ServiceFiles.read(elsewhere.resolve("service"), elsewhere.resolve("native"));
        // then
        assertThat(moved.hash()).isEqualTo(files.hash()).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service/libs/brr-runtime-0.1.0.jar",
                "service/libs/helidon-4.5.0.jar",
                "service/petstore/brr-petstore-0.1.0.jar",
                "service/jvm.options",
                "native/linux-amd64/libjemalloc.so.2"
            })
    void everyFileThatGoesIntoAnImageMattersToTheHash(String file) throws IOException {
        // given
        var before = ServiceFiles.read(service, natives);
        // when
        write(file, "changed");
        // then
        assertThat(ServiceFiles.read(service, natives).hash()).isNotEqualTo(before.hash());
    }

    @Test
    void aRenamedLibraryIsAnotherRuntime() throws IOException {
        // given
        var before = ServiceFiles.read(service, natives);
        // when
        Files.move(service.resolve("libs/helidon-4.5.0.jar"), service.resolve("libs/helidon-4.5.1.jar"));
        // then
        assertThat(ServiceFiles.read(service, natives).hash()).isNotEqualTo(before.hash());
    }

    @Test
    void anAddedLibraryIsAnotherRuntime() throws IOException {
        // given
        var before = ServiceFiles.read(service, natives);
        // when
        write("service/libs/more.jar", "");
        // then
        assertThat(ServiceFiles.read(service, natives).hash()).isNotEqualTo(before.hash());
    }

    @Test
    void thePetStoresDocumentDoesNotMatterToOtherServices() throws IOException {
        // given
        var before = ServiceFiles.read(service, natives);
        // when
        write("service/openapi.yaml", "openapi: 3.1.1\n");
        // then
        assertThat(ServiceFiles.read(service, natives).hash()).isEqualTo(before.hash());
    }

    @ParameterizedTest
    @CsvSource({
        "service/libs,         'there is no folder %s/service/libs; is the runtime packaged?'",
        "service/petstore,     'there is no folder %s/service/petstore; is the runtime packaged?'",
        "service,              'there is no folder %s/service/libs; is the runtime packaged?'",
        "native,               'there is no folder %s/native; is the runtime packaged?'",
        "native/linux-amd64,   'no linux-*/libjemalloc.so.2 below %s/native'",
    })
    void aMissingFolderIsNamed(String folder, String message) throws IOException {
        // given
        delete(directory.resolve(folder));
        // when
        // then
        assertThatThrownBy(() -> ServiceFiles.read(service, natives))
                .isInstanceOf(IOException.class)
                .hasMessage(message.formatted(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service/libs", "service/petstore"})
    void aFolderWithoutJarsIsNamed(String folder) throws IOException {
        // given
        delete(directory.resolve(folder));
        write(folder + "/README.txt", "nothing here");
        // when
        // then
        assertThatThrownBy(() -> ServiceFiles.read(service, natives))
                .isInstanceOf(IOException.class)
                .hasMessage("no jar in %s; is the runtime packaged?", directory.resolve(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service/openapi.yaml", "service/jvm.options"})
    void aMissingFileIsNamed(String file) throws IOException {
        // given
        Files.delete(directory.resolve(file));
        // when
        // then
        assertThatThrownBy(() -> ServiceFiles.read(service, natives))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve(file).toString());
    }

    @Test
    void theListsCannotBeChangedFromOutside() throws IOException {
        // given
        var libraries = new ArrayList<>(List.of(Path.of("a.jar")));
        var files = new ServiceFiles(libraries, List.of(), Path.of("jvm.options"), "", Map.of(), "hash");
        // when
        libraries.add(Path.of("b.jar"));
        // then
        assertThat(files.libraries()).containsExactly(Path.of("a.jar"));
    }

    private void write(String file, String text) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

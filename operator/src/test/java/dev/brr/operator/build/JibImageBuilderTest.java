package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before a registry is of use; images themselves are built against a real registry elsewhere. */
class JibImageBuilderTest {

    private static final String BASE = "no-such-host.invalid/base@sha256:" + "ab".repeat(32);

    @TempDir
    Path directory;

    private String host = "";

    @BeforeEach
    void packageRuntime() throws IOException {
        write("service/libs/brr-runtime.jar");
        write("service/petstore/brr-petstore.jar");
        write("service/openapi.yaml");
        write("service/jvm.options");
        write("native/linux-amd64/libjemalloc.so.2");
        host = "localhost:" + ImageRegistryTest.closedPort();
    }

    @Test
    void aPlatformWithoutJemallocIsRefusedWithTheFieldToChange() throws IOException {
        // given
        try (var builder = builder()) {
            // when
            // then
            assertThatThrownBy(() -> builder.build(request(BASE, List.of("amd64", "arm64")), ""))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "this operator carries no jemalloc for linux/arm64; take it out of spec.image.platforms");
        }
    }

    @Test
    void aRegistryThatCannotBeReachedIsNamed() throws IOException {
        // given
        try (var builder = builder()) {
            // when
            // then
            assertThatThrownBy(() -> builder.build(request(BASE, List.of("amd64")), ""))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the registry " + host + " cannot be reached: ");
        }
    }

    @Test
    void aBaseThatIsNoReferenceIsNamed() throws IOException {
        // given
        try (var builder = builder()) {
            // when
            // then
            assertThatThrownBy(() -> builder.build(request("Not A Reference", List.of("amd64")), ""))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Not A Reference");
        }
    }

    @Test
    void aFailedBuildLeavesNothingInTheCache() throws IOException {
        // given
        var cache = directory.resolve("cache");
        try (var builder = builder()) {
            // when
            assertThatThrownBy(() -> builder.build(request(BASE, List.of("amd64")), ""));
        }
        // then
        assertThat(cache).doesNotExist();
    }

    private JibImageBuilder builder() throws IOException {
        var files = ServiceFiles.read(directory.resolve("service"), directory.resolve("native"));
        return new JibImageBuilder(files, new ImageRegistry(host, null), directory.resolve("cache"), Optional.empty());
    }

    private BuildRequest request(String base, List<String> architectures) {
        return new BuildRequest(
                base, host + "/shop/petstore", "openapi: 3.1.0", true, architectures, "0123456789abcdef", null);
    }

    private void write(String file) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, file);
    }
}

package dev.brr.operator.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image of the same inputs that is in the registry is taken, whether it has an AOT cache or not. */
class AdoptionTest {

    private static final String REPOSITORY = "shop/petstore";

    @TempDir
    Path directory;

    private ImageServer server;
    private ServiceFiles files;
    private ImageRegistry registry;
    private AotCaches caches;
    private byte[] layer;
    private String base;

    @BeforeEach
    void serve() throws IOException {
        server = new ImageServer();
        write("service/libs/brr-runtime.jar");
        write("service/petstore/brr-petstore.jar");
        write("service/openapi.yaml");
        write("service/jvm.options");
        write("native/linux-amd64/libjemalloc.so.2");
        write("native/linux-arm64/libjemalloc.so.2");
        files = ServiceFiles.read(directory.resolve("service"), directory.resolve("native"));
        registry = new ImageRegistry(server.host(), null);
        var own = new Jvm("amd64", JvmFilesTest.sum("library 1"), JvmFilesTest.sum("modules 1"));
        caches = new AotCaches(
                own, files, new BaseJvms(registry), AdoptionTest::noTraining, directory, Duration.ofMinutes(1));
        layer = JvmFilesTest.layer(
                Map.of("opt/java/lib/server/libjvm.so", "library 1", "opt/java/lib/modules", "modules 1"));
        base = server.image(ImageServer.OCI_MANIFEST, "{\"config\": {}}", List.of(layer));
    }

    @AfterEach
    void stop() throws IOException {
        caches.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whicheverWasBuiltIsTakenAndTheBaseIsNotEvenLookedAt(boolean withCache) throws Exception {
        // given
        var request = request("amd64");
        var revision = request.revision(base, withCache ? included() : without());
        var digest = server.tagged(REPOSITORY, revision);
        try (var builder = builder()) {
            // when
            var outcome = builder.build(request, "");
            // then
            assertThat(outcome.adopted()).isTrue();
            assertThat(outcome.image()).isEqualTo(server.host() + "/" + REPOSITORY + "@" + digest);
            assertThat(outcome.revision()).isEqualTo(revision);
            assertThat(outcome.aot().text())
                    .isEqualTo(withCache ? "Included" : "None: the image was there before, without one");
            assertThat(server.timesAsked(ImageServer.digest(layer))).isZero();
        }
    }

    @Test
    void ofBothTheOneWithTheCacheIsTaken() throws Exception {
        // given
        var request = request("amd64");
        server.tagged(REPOSITORY, request.revision(base, without()));
        var digest = server.tagged(REPOSITORY, request.revision(base, included()));
        try (var builder = builder()) {
            // when
            var outcome = builder.build(request, "");
            // then
            assertThat(outcome.digest()).isEqualTo(digest);
        }
    }

    @Test
    void aBaseThatCannotBeLookedAtChangesNothing() throws Exception {
        // given: the image has a cache, and the layers of its base cannot be read any more
        var unreadable =
                server.image(ImageServer.OCI_MANIFEST, "{\"config\": {}}", List.of("no layer".getBytes(UTF_8)));
        base = unreadable;
        var request = request("amd64");
        var digest = server.tagged(REPOSITORY, request.revision(unreadable, included()));
        try (var builder = builder()) {
            // when
            var outcome = builder.build(request, "");
            // then
            assertThat(outcome.digest()).isEqualTo(digest);
        }
    }

    @Test
    void anImageForAnotherArchitectureIsOneWithoutACacheAndSaysWhy() throws Exception {
        // given
        var request = request("arm64");
        server.tagged(REPOSITORY, request.revision(base, without()));
        server.tagged(REPOSITORY, request.revision(base, included()));
        try (var builder = builder()) {
            // when
            var outcome = builder.build(request, "");
            // then
            assertThat(outcome.revision()).isEqualTo(request.revision(base, without()));
            assertThat(outcome.aot().text()).isEqualTo("None: the image is for arm64, and the operator runs on amd64");
        }
    }

    @Test
    void anOperatorThatMakesNoCachesTakesTheOneWithout() throws Exception {
        // given
        var request = request("amd64");
        var digest = server.tagged(REPOSITORY, request.revision(base, without()));
        try (var builder = new JibImageBuilder(files, registry, directory.resolve("cache"), Optional.empty())) {
            // when
            var outcome = builder.build(request, "");
            // then
            assertThat(outcome.digest()).isEqualTo(digest);
            assertThat(outcome.aot().text()).isEqualTo("None: this operator makes none");
        }
    }

    private JibImageBuilder builder() {
        return new JibImageBuilder(files, registry, directory.resolve("cache"), Optional.of(caches));
    }

    private BuildRequest request(String architecture) {
        return new BuildRequest(
                server.reference(base),
                server.host() + "/" + REPOSITORY,
                "openapi: 3.1.0",
                true,
                List.of(architecture),
                files.hash(),
                null);
    }

    private AotDecision included() {
        return caches.possible(List.of("amd64")).getFirst();
    }

    private static AotDecision without() {
        return new AotDecision.None("");
    }

    private static Path noTraining(Path work) {
        throw new AssertionError("nothing is trained for an image that is there: " + work);
    }

    private void write(String file) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, file);
    }
}

package dev.brr.operator.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for JVMs in images that a server hands out as registries do. */
class BaseJvmsTest {

    private static final String HOME = "opt/java/openjdk/";

    @TempDir
    Path directory;

    private ImageServer server;
    private BaseJvms bases;

    @BeforeEach
    void serve() throws IOException {
        server = new ImageServer();
        bases = new BaseJvms(new ImageRegistry(server.host(), null));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theJvmIsFoundInWhicheverLayerItIs() throws Exception {
        // given
        var base = image(JvmFilesTest.layer(Map.of("etc/passwd", "x")), jre("1"));
        // when
        var files = bases.of(server.reference(base), "amd64");
        // then
        assertThat(files.jvms("amd64"))
                .containsExactly(new Jvm("amd64", JvmFilesTest.sum("library 1"), JvmFilesTest.sum("modules 1")));
    }

    @Test
    void aLayerThatBasesShareIsReadOnce() throws Exception {
        // given: two bases with handlers of their own on the same JRE
        var jre = jre("1");
        var one = image(jre, JvmFilesTest.layer(Map.of("app/handlers/one.jar", "one")));
        var other = image(jre, JvmFilesTest.layer(Map.of("app/handlers/other.jar", "other")));
        // when
        var first = bases.of(server.reference(one), "amd64");
        var second = bases.of(server.reference(other), "amd64");
        // then
        assertThat(first).isEqualTo(second);
        assertThat(server.timesAsked(ImageServer.digest(jre))).isEqualTo(1);
    }

    @Test
    void ofAnIndexTheImageOfTheArchitectureCounts() throws Exception {
        // given
        var type = "application/vnd.oci.image.index.v1+json";
        var index = server.put("manifests", type, """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [
                  {"mediaType": "%s", "size": 1, "digest": "%s", "platform": {"architecture": "amd64", "os": "linux"}},
                  {"mediaType": "%s", "size": 1, "digest": "%s", "platform": {"architecture": "arm64", "os": "linux"}}]}
                """.formatted(
                        type, ImageServer.OCI_MANIFEST, image(jre("1")), ImageServer.OCI_MANIFEST, image(jre("2")))
                .getBytes(UTF_8));
        // when
        var files = bases.of(server.reference(index), "arm64");
        // then
        assertThat(files.jvms("arm64")).extracting(Jvm::library).containsExactly(JvmFilesTest.sum("library 2"));
    }

    @Test
    void aBaseThatIsNotThereIsAnError() {
        // given
        var nowhere = server.reference("sha256:" + "0".repeat(64));
        // when
        // then
        assertThatThrownBy(() -> bases.of(nowhere, "amd64")).isInstanceOf(Exception.class);
    }

    @Test
    void aLayerThatCannotBeReadIsAnErrorThatTheNextBuildMayNotSee() throws Exception {
        // given
        var unreadable = "no layer".getBytes(UTF_8);
        var base = image(unreadable);
        assertThatThrownBy(() -> bases.of(server.reference(base), "amd64")).isInstanceOf(IOException.class);
        // when
        assertThatThrownBy(() -> bases.of(server.reference(base), "amd64")).isInstanceOf(IOException.class);
        // then: it was looked at again
        assertThat(server.timesAsked(ImageServer.digest(unreadable))).isEqualTo(2);
    }

    @Test
    void theCacheIsForABaseWithTheSameJvmAlone() throws Exception {
        // given
        var own = new Jvm("amd64", JvmFilesTest.sum("library 1"), JvmFilesTest.sum("modules 1"));
        var files = new ServiceFiles(List.of(), List.of(), Path.of("jvm.options"), "", Map.of(), "runtime");
        try (var caches = new AotCaches(own, files, bases, work -> work, directory, Duration.ofMinutes(1))) {
            // when
            var same = caches.decide(List.of("amd64"), server.reference(image(jre("1"))));
            var another = caches.decide(List.of("amd64"), server.reference(image(jre("2"))));
            // then
            assertThat(same).isInstanceOf(AotDecision.Included.class);
            assertThat(another)
                    .isEqualTo(new AotDecision.None("the base image's JVM is another build than the operator's own"));
        }
    }

    @Test
    void aBaseThatCannotBeLookedAtIsNoCacheAndNoFailure() throws Exception {
        // given
        var files = new ServiceFiles(List.of(), List.of(), Path.of("jvm.options"), "", Map.of(), "runtime");
        var own = new Jvm("amd64", "a", "b");
        var unreadable = image("no layer".getBytes(UTF_8));
        try (var caches = new AotCaches(own, files, bases, work -> work, directory, Duration.ofMinutes(1))) {
            // when
            var ofNone = caches.decide(List.of("amd64"), server.reference("sha256:" + "0".repeat(64)));
            var ofUnreadable = caches.decide(List.of("amd64"), server.reference(unreadable));
            // then
            assertThat(List.of(ofNone, ofUnreadable))
                    .containsOnly(new AotDecision.None("the base image's JVM could not be looked at"));
        }
    }

    @Test
    void aBaseThatCouldNotBeReachedOnceIsLookedAtAgain() throws Exception {
        // given
        var own = new Jvm("amd64", JvmFilesTest.sum("library 1"), JvmFilesTest.sum("modules 1"));
        var files = new ServiceFiles(List.of(), List.of(), Path.of("jvm.options"), "", Map.of(), "runtime");
        var jre = jre("1");
        var base = image(jre);
        server.hangUpOnce(ImageServer.digest(jre));
        try (var caches = new AotCaches(own, files, bases, work -> work, directory, Duration.ofMinutes(1))) {
            // when
            var decision = caches.decide(List.of("amd64"), server.reference(base));
            // then
            assertThat(decision).isInstanceOf(AotDecision.Included.class);
        }
    }

    private String image(byte[]... layers) {
        return server.image(ImageServer.OCI_MANIFEST, "{\"config\": {}}", List.of(layers));
    }

    private static byte[] jre(String version) throws IOException {
        return JvmFilesTest.layer(Map.of(
                HOME + "lib/server/libjvm.so", "library " + version, HOME + "lib/modules", "modules " + version));
    }
}

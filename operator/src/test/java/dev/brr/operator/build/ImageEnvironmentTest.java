package dev.brr.operator.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.RegistryException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the environment of images over HTTP, from a server that hands out manifests and blobs as registries do. */
class ImageEnvironmentTest {

    private static final String OCI_MANIFEST = ImageServer.OCI_MANIFEST;
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private ImageServer server;
    private String host;
    private ImageRegistry registry;

    @BeforeEach
    void serve() throws IOException {
        server = new ImageServer();
        host = server.host();
        registry = new ImageRegistry(host, null);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void anImageOfOnePlatformSaysItsEnvironment() throws Exception {
        // given
        var digest = manifest(OCI_MANIFEST, """
                {"config": {"Env": ["PATH=/bin", "LD_PRELOAD=/opt/tracer.so", "EMPTY="]}}""");
        // when
        var environment = registry.environment(host + "/team/base@" + digest, "amd64");
        // then
        assertThat(environment).containsExactly("PATH=/bin", "LD_PRELOAD=/opt/tracer.so", "EMPTY=");
    }

    @Test
    void dockersFormatIsReadToo() throws Exception {
        // given
        var digest = manifest(DOCKER_MANIFEST, """
                {"config": {"Env": ["MALLOC_CONF=narenas:1"]}}""");
        // when
        var environment = registry.environment(host + "/team/base@" + digest, "amd64");
        // then
        assertThat(environment).containsExactly("MALLOC_CONF=narenas:1");
    }

    @Test
    void ofAnIndexThePlatformAskedForCounts() throws Exception {
        // given
        var amd64 = manifest(OCI_MANIFEST, """
                {"config": {"Env": ["ON=amd64"]}}""");
        var arm64 = manifest(OCI_MANIFEST, """
                {"config": {"Env": ["ON=arm64"]}}""");
        var index = put("manifests", OCI_INDEX, """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [
                  {"mediaType": "%s", "size": 1, "digest": "%s", "platform": {"architecture": "amd64", "os": "linux"}},
                  {"mediaType": "%s", "size": 1, "digest": "%s", "platform": {"architecture": "arm64", "os": "linux"}}]}
                """.formatted(OCI_INDEX, OCI_MANIFEST, amd64, OCI_MANIFEST, arm64));
        // when
        var environment = registry.environment(host + "/team/base@" + index, "arm64");
        // then
        assertThat(environment).containsExactly("ON=arm64");
        assertThat(registry.environment(host + "/team/base@" + index, "riscv64"))
                .isEmpty();
    }

    @Test
    void anImageWithoutAnEnvironmentHasNone() throws Exception {
        // given
        var digest = manifest(OCI_MANIFEST, """
                {"architecture": "amd64", "os": "linux", "config": {}}""");
        // when
        var environment = registry.environment(host + "/team/base@" + digest, "amd64");
        // then
        assertThat(environment).isEmpty();
    }

    @Test
    void anImageThatIsNotThereIsAnError() {
        // given
        var digest = "sha256:" + "0".repeat(64);
        // when
        // then
        assertThatThrownBy(() -> registry.environment(host + "/team/base@" + digest, "amd64"))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        // given
        var nowhere = "no-such-host.invalid:5000";
        // when
        // then
        assertThatThrownBy(() -> new ImageRegistry(nowhere, null)
                        .environment(nowhere + "/team/base@sha256:" + "0".repeat(64), "amd64"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the registry " + nowhere + " cannot be reached: ");
    }

    private String manifest(String type, String configuration) {
        return server.image(type, configuration, List.of());
    }

    private String put(String kind, String type, String text) {
        return server.put(kind, type, text.getBytes(UTF_8));
    }
}

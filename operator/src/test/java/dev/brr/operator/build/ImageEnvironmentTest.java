package dev.brr.operator.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.RegistryException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the environment of images over HTTP, from a server that hands out manifests and blobs as registries do. */
class ImageEnvironmentTest {

    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private record Content(String type, String text) {}

    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private ServerSocket server;
    private String host;
    private ImageRegistry registry;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        host = "localhost:" + server.getLocalPort();
        registry = new ImageRegistry(host, null);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var connection = server.accept()) {
                    answer(connection);
                } catch (IOException _) {
                    continue; // the end of the test, or a client that hung up
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** A client tries TLS first: a server that does not speak it hangs up, and it comes again without. */
    private void answer(Socket connection) throws IOException {
        var request = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
        if (request.read() != 'G') {
            return;
        }
        var line = requireNonNull(request.readLine());
        for (var header = request.readLine(); header != null && !header.isEmpty(); ) {
            header = request.readLine();
        }
        var path = line.split(" ")[1];
        var content = contents.get(path);
        var status = content == null && !path.equals("/v2/") ? "404 Not Found" : "200 OK";
        var body = content == null ? new byte[0] : content.text().getBytes(UTF_8);
        var head = "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(status, content == null ? "text/plain" : content.type(), body.length);
        connection.getOutputStream().write(head.getBytes(ISO_8859_1));
        connection.getOutputStream().write(body);
        connection.getOutputStream().flush();
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
        var config = put("blobs", "application/octet-stream", configuration);
        return put("manifests", type, """
                {"schemaVersion": 2, "mediaType": "%s", "layers": [],
                 "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": %d, "digest": "%s"}}
                """.formatted(type, configuration.getBytes(UTF_8).length, config));
    }

    private String put(String kind, String type, String text) {
        var digest = "sha256:" + sha256(text);
        contents.put("/v2/team/base/" + kind + "/" + digest, new Content(type, text));
        return digest;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

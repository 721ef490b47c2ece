package dev.brr.operator.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Hands out manifests and blobs over HTTP as registries do, and remembers what it was asked for. */
final class ImageServer implements AutoCloseable {

    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String REPOSITORY = "team/base";

    private record Content(String type, byte[] bytes) {}

    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<String> unreliable = ConcurrentHashMap.newKeySet();
    private final ServerSocket server;

    ImageServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
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

    String host() {
        return "localhost:" + server.getLocalPort();
    }

    /** Names what a digest stands for. */
    String reference(String digest) {
        return host() + "/" + REPOSITORY + "@" + digest;
    }

    /** Says how often a blob was handed out. */
    long timesAsked(String digest) {
        return asked.stream().filter(path -> path.endsWith(digest)).count();
    }

    /** Puts an image with these layers, lowest first, and returns its digest. */
    String image(String manifestType, String configuration, List<byte[]> layers) {
        var config = put("blobs", "application/octet-stream", configuration.getBytes(UTF_8));
        var descriptors = layers.stream()
                .map(layer ->
                        "{\"mediaType\": \"application/vnd.oci.image.layer.v1.tar+gzip\", \"size\": %d, \"digest\": \"%s\"}"
                                .formatted(layer.length, put("blobs", "application/octet-stream", layer)))
                .collect(Collectors.joining(", "));
        return put("manifests", manifestType, """
                {"schemaVersion": 2, "mediaType": "%s", "layers": [%s],
                 "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": %d, "digest": "%s"}}
                """.formatted(
                        manifestType, descriptors, configuration.getBytes(UTF_8).length, config)
                .getBytes(UTF_8));
    }

    String put(String kind, String type, byte[] bytes) {
        var digest = digest(bytes);
        contents.put("/v2/" + REPOSITORY + "/" + kind + "/" + digest, new Content(type, bytes));
        return digest;
    }

    /** Gives an image of another repository, of which no more is asked than whether it is there, and returns its digest. */
    String tagged(String repository, String tag) {
        var manifest = """
                {"schemaVersion": 2, "mediaType": "%s", "layers": [],
                 "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 2, "digest": "%s"}}
                """.formatted(OCI_MANIFEST, digest(tag.getBytes(UTF_8))).getBytes(UTF_8);
        contents.put("/v2/" + repository + "/manifests/" + tag, new Content(OCI_MANIFEST, manifest));
        return digest(manifest);
    }

    /** Hangs up once when it is asked for a blob. */
    void hangUpOnce(String digest) {
        unreliable.add(digest);
    }

    static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A client tries TLS first: a server that does not speak it hangs up, and it comes again without. */
    private void answer(Socket connection) throws IOException {
        var request = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
        var first = request.read();
        if (first != 'G' && first != 'H') {
            return;
        }
        var line = requireNonNull(request.readLine());
        for (var header = request.readLine(); header != null && !header.isEmpty(); ) {
            header = request.readLine();
        }
        var path = line.split(" ")[1];
        asked.add(path);
        if (unreliable.remove(path.substring(path.lastIndexOf('/') + 1))) {
            return;
        }
        var content = contents.get(path);
        var status = content == null && !path.equals("/v2/") ? "404 Not Found" : "200 OK";
        var body = content == null ? new byte[0] : content.bytes();
        var head = "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n"
                .formatted(
                        status,
                        content == null ? "text/plain" : content.type(),
                        body.length,
                        content == null ? "" : "Docker-Content-Digest: " + digest(body) + "\r\n");
        connection.getOutputStream().write(head.getBytes(ISO_8859_1));
        if (first == 'G') {
            connection.getOutputStream().write(body);
        }
        connection.getOutputStream().flush();
    }
}

package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose heap ten thousand connections would fill several times over. */
class IdleConnectionsTest {
    private static final int CONNECTIONS = 10_000;

    @TempDir
    private Path folder;

    private final List<SocketChannel> sockets = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // by each test
    private Process process;

    @AfterEach
    void stop() throws IOException {
        for (SocketChannel socket : sockets) {
            socket.close();
        }
        process.destroyForcibly();
    }

    private int start() throws IOException {
        Path document = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(UploadService.MEMBERS));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadService.class.getName(),
                        document.toString(),
                        folder.toString(),
                        "1000")
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).startsWith("port=");
        return Integer.parseInt(Objects.requireNonNull(line).substring("port=".length()));
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofMinutes(1))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Asks for something, so that it is a connection that waits for its next request. */
    private static SocketChannel idle(int port) throws IOException {
        SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        socket.write(ByteBuffer.wrap("HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        socket.read(ByteBuffer.allocate(1024));
        return socket;
    }

    @Test
    void tenThousandIdleConnectionsLeaveItAnswering() throws IOException, InterruptedException {
        // given
        int port = start();

        // when
        for (int i = 1; i <= CONNECTIONS; i++) {
            sockets.add(idle(port));
            if (i % 2500 == 0) {
                assertThat(get(port, "/health").statusCode()).isEqualTo(200);
            }
        }

        // then
        assertThat(get(port, "/health").body()).contains("ok");
        double open = get(port, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("brr_connections_open "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
        assertThat(open).isLessThanOrEqualTo(1025);
        assertThat(process.isAlive()).isTrue();
        assertThat(Files.readString(folder.resolve("errors"))).doesNotContain("OutOfMemoryError");
    }
}

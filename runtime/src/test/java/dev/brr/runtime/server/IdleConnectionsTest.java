package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose heap ten thousand connections would fill several times over. */
class IdleConnectionsTest {
    private static final int CONNECTIONS = 10_000;

    @TempDir
    private Path folder;

    private final List<SocketChannel> sockets = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // before each test
    private RunningService service;

    @AfterEach
    void stop() throws IOException {
        for (SocketChannel socket : sockets) {
            socket.close();
        }
        service.close();
    }

    @BeforeEach
    void start() throws IOException {
        Path document = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(UploadService.MEMBERS));
        service = RunningService.start(
                TestProgram.process(UploadService.class, "64m", document.toString(), folder.toString(), "1000"));
    }

    /** Asks by a connection that is new. */
    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(service.request(path).build(), HttpResponse.BodyHandlers.ofString());
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
        // when
        for (int i = 1; i <= CONNECTIONS; i++) {
            sockets.add(idle(service.port()));
            if (i % 2500 == 0) {
                assertThat(get("/health").statusCode()).isEqualTo(200);
            }
        }

        // then
        assertThat(get("/health").body()).contains("ok");
        assertThat(service.metric("brr_connections_open")).isLessThanOrEqualTo(1025);
        assertThat(service.isAlive()).isTrue();
        assertThat(service.errors()).doesNotContain("OutOfMemoryError");
    }
}

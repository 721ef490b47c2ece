package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of four times the heap, to a service in a process of its own. */
class UploadTest {
    private static final long SIZE = 200L * 1024 * 1024;

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static Path temporary;

    @BeforeAll
    static void start() throws IOException {
        Path document = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(UploadService.MEMBERS));
        temporary = Files.createDirectory(folder.resolve("temporary"));
        service = RunningService.start(TestProgram.process(
                UploadService.class, "48m", document.toString(), temporary.toString(), String.valueOf(SIZE + 1000)));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Bytes that differ from place to place. */
    private static final class Pattern extends InputStream {
        private long left;

        Pattern(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? (int) (left * 31 >> 3) & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            for (int i = 0; i < count; i++) {
                bytes[offset + i] = (byte) read();
            }
            return count;
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static HttpResponse<String> post(String path, String type, InputStream body)
            throws IOException, InterruptedException {
        return service.send(service.request(path)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body)));
    }

    private static boolean isTemporaryEmpty() throws IOException {
        try (var names = Files.list(temporary)) {
            return names.findAny().isEmpty();
        }
    }

    private static int health() throws IOException, InterruptedException {
        return service.get("/health").statusCode();
    }

    @Test
    void aFileOfAFormGoesThrough() throws Exception {
        // given
        String head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        InputStream body = new SequenceInputStream(
                Collections.enumeration(List.of(text(head), new Pattern(SIZE), text("\r\n--b--\r\n"))));

        // when
        HttpResponse<String> answer = post("/form", "multipart/form-data; boundary=b", body);

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("\"file " + SIZE + " " + UploadService.digest(new Pattern(SIZE)) + "\"");
        assertThat(isTemporaryEmpty()).isTrue();
    }

    @Test
    void aBinaryBodyGoesThrough() throws Exception {
        // when
        HttpResponse<String> answer = post("/bytes", "application/octet-stream", new Pattern(SIZE));

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("\"" + UploadService.digest(new Pattern(SIZE)) + "\"");
    }

    @Test
    void aBodyThatIsLargerThanItMayBeIsRefused() throws IOException, InterruptedException {
        // when
        int status;
        try {
            status = post("/bytes", "application/octet-stream", new Pattern(SIZE + 10_000))
                    .statusCode();
        } catch (IOException _) {
            // The answer came while the client was still sending, and the connection was closed.
            status = 413;
        }

        // then
        assertThat(status).isEqualTo(413);
        assertThat(health()).isEqualTo(200);
    }

    @Test
    void aHandlerThatFailsLeavesNothing() throws IOException, InterruptedException {
        // when
        HttpResponse<String> answer = post("/fails", "application/octet-stream", new Pattern(1_000_000));

        // then
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(isTemporaryEmpty()).isTrue();
        assertThat(openFiles()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000", "Transfer-Encoding: chunked"})
    void aClientThatVanishesLeavesNothing(String length) throws IOException {
        // given
        String chunk = length.startsWith("T") ? "4000\r\n" + "x".repeat(0x4000) + "\r\n" : "x".repeat(0x4000);
        try (RawClient client = RawClient.to(service.port())) {
            client.send("POST /bytes HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n" + length
                    + "\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                client.send(chunk);
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> openFiles() > 0);
        }

        // then
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> openFiles() == 0);
        assertThat(isTemporaryEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bytes", "/form"})
    void aSingleChunkThatTheHeapHasNoRoomForIsRefused(String path) throws IOException, InterruptedException {
        // given
        String type = path.equals("/form") ? "multipart/form-data; boundary=b" : "application/octet-stream";
        String answer;
        try (RawClient client = RawClient.to(service.port())) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n6000000\r\n");
            Thread.startVirtualThread(() -> sendUntilCut(client));

            // when
            answer = client.read(12);
        }

        // then
        assertThat(answer).isEqualTo("HTTP/1.1 413");
        assertThat(health()).isEqualTo(200);
    }

    private static void sendUntilCut(RawClient client) {
        byte[] piece = new byte[1 << 16];
        try {
            for (int i = 0; i < 0x6000000; i += piece.length) {
                client.send(piece);
            }
        } catch (IOException _) {
            // That is what the service is to do.
        }
    }

    /** How many files in the folder the service has open, though they have no name any more. */
    private static long openFiles() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/" + service.pid() + "/fd"))) {
            return descriptors.filter(UploadTest::isTemporary).count();
        }
    }

    private static boolean isTemporary(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(temporary);
        } catch (IOException _) {
            return false;
        }
    }
}

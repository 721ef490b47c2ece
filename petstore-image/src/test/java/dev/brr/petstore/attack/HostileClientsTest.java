package dev.brr.petstore.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send slowly, never, or without end are cut off, and everybody else is served. All on loopback. */
class HostileClientsTest {
    private static final long GIBIBYTE = 1L << 30;
    /** Two fifths of the 512 MiB that a pod of the examples has. */
    private static final int HEAP_MEBIBYTES = 205;
    /** As many connections as are open at a time, by default. */
    private static final int KEPT = 2_000;

    @TempDir
    private Path folder;

    private ServiceProcess service;

    @BeforeEach
    void start() throws IOException {
        service = ServiceProcess.start(
                folder,
                BrokenHandlers.DOCUMENT,
                HEAP_MEBIBYTES + "m",
                "--header-seconds",
                "2",
                "--idle-seconds",
                "5",
                "--access-log",
                "on");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** Ten thousand, or as many as this process may have open with some to spare; fewer than are kept would show nothing. */
    private static int idleConnections(TestReporter reporter) throws IOException {
        Matcher matcher =
                Pattern.compile("Max open files\\s+(\\d+)").matcher(Files.readString(Path.of("/proc/self/limits")));
        long most = matcher.find() ? Long.parseLong(matcher.group(1)) : 1024;
        int count = (int) Math.min(10_000, most - 500);
        assertThat(count)
                .as("connections that a limit of %d open files leaves room for; raise it by ulimit -n", most)
                .isGreaterThan(KEPT);
        reporter.publishEntry("idle connections", String.valueOf(count));
        return count;
    }

    /** How many connections the service says that it ended. */
    private double cut(String... reasons) throws IOException, InterruptedException {
        double sum = 0;
        for (String reason : reasons) {
            sum += service.metric("brr_connections_cut_total{reason=\"" + reason + "\"}");
        }
        return sum;
    }

    private void isLogged(String... parts) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        service.log().lines().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
    }

    private static String answer(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        } catch (SocketException _) {
            return "reset";
        }
    }

    /** By the limit that is set by default, 2,000 are kept at a time; for each more the one that was idle longest is ended. */
    @Test
    void tenThousandIdleConnectionsCostLittleAndEnd(TestReporter reporter) throws IOException, InterruptedException {
        // given
        int count = idleConnections(reporter);
        long before = service.rssMebibytes();
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                idle.add(service.connect());
                if (i % 1000 == 0) {
                    assertThat(service.health()).isEqualTo(200);
                }
            }

            // then
            assertThat(service.health()).isEqualTo(200);
            assertThat(service.rssMebibytes() - before).isLessThan(256);
            // Refused as one too many, or ended as idle; it does not stay open.
            assertThat(answer(idle.getLast())).isIn("HTTP/1.1 503", "", "reset");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> service.get("/well").statusCode() == 200);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> cut("full", "idle", "slow") >= count);
            assertThat(cut("idle")).isGreaterThanOrEqualTo(count - KEPT);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void headersThatComeByteByByteAreCutOff() throws IOException, InterruptedException {
        // given
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = service.connect();
                socket.getOutputStream()
                        .write("GET /well HTTP/1.1\r\nHost: a\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }

            // when: each sends a byte now and then, and never ends its headers
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> slow.stream().noneMatch(HostileClientsTest::takesAnotherByte));

            // then
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> cut("slow", "idle") >= slow.size());
            assertThat(cut("slow")).isPositive();
            assertThat(service.health()).isEqualTo(200);
            assertThat(service.get("/well").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static boolean takesAnotherByte(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            socket.setSoTimeout(1);
            // An answer that says so, or the end: either way the service listens no more.
            var _ = socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void aGibibyteThatIsAnnouncedIsRefusedUnread() throws IOException, InterruptedException {
        // given
        try (Socket socket = service.connect()) {
            // when
            socket.getOutputStream()
                    .write(
                            ("POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                                            + GIBIBYTE + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));

            // then
            assertThat(answer(socket)).isEqualTo("HTTP/1.1 413");
        }
        isLogged("\"method\":\"POST\"", "\"path\":\"/body\"", "\"status\":413");
        assertThat(service.health()).isEqualTo(200);
    }

    @Test
    void aGibibyteInChunksIsCutOffAtTheLimit() throws IOException, InterruptedException {
        // given
        byte[] chunk = new byte[1 << 16];
        long sent = 0;
        try (Socket socket = service.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            // when
            try (InputStream in = socket.getInputStream()) {
                while (sent < GIBIBYTE && in.available() == 0) {
                    out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(chunk);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    sent += chunk.length;
                }
                assertThat(answer(socket)).isEqualTo("HTTP/1.1 413");
            }
        }

        // then
        assertThat(sent).isLessThan(64L << 20);
        isLogged("\"method\":\"POST\"", "\"path\":\"/body\"", "\"status\":413");
        assertThat(service.health()).isEqualTo(200);
        assertThat(service.rssMebibytes()).isLessThan(HEAP_MEBIBYTES * 3L);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 5_000, 100_000})
    void tooManyHeadersAreRefused(int count) throws IOException, InterruptedException {
        // given
        try (Socket socket = service.connect()) {
            OutputStream out = socket.getOutputStream();
            String seen = "";

            // when
            try {
                out.write("GET /well HTTP/1.1\r\nHost: a\r\n".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < count; i++) {
                    out.write(("X-" + i + ": a\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException _) {
                seen = "reset while sending";
            }
            String answer = answer(socket);

            // then
            assertThat(answer).as(seen).isIn("HTTP/1.1 431", seen.isEmpty() ? "HTTP/1.1 431" : "reset");
        }
        isLogged("\"status\":431");
        assertThat(service.health()).isEqualTo(200);
    }

    @Test
    void moreBodiesThanTheHeapHoldsAreRefusedOneByOne() throws IOException, InterruptedException {
        // given: each fits, and all of them together are several times the heap
        byte[] large = new byte[15 << 20];
        List<CompletableFuture<Integer>> answers = new ArrayList<>();

        // when
        for (int i = 0; i < 24; i++) {
            answers.add(service.client()
                    .sendAsync(
                            service.request("/body")
                                    .timeout(Duration.ofMinutes(5))
                                    .header("Content-Type", "application/octet-stream")
                                    .POST(BodyPublishers.ofByteArray(large))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .handle((response, broken) -> broken == null ? response.statusCode() : -1));
        }
        List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();

        // then
        assertThat(statuses)
                .contains(200)
                .allSatisfy(status -> assertThat(status).isIn(200, 503, -1));
        // A client that still sends when it is refused may lose the answer; most learn what happened.
        assertThat(statuses.stream().filter(status -> status < 0).count()).isLessThanOrEqualTo(statuses.size() / 4);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> service.health() == 200 && service.get("/well").statusCode() == 200);
        assertThat(service.isAlive()).isTrue();
    }

    /** Each takes two bytes to send and forty times as many to keep. */
    @Test
    void aBodyOfMoreValuesThanTheHeapHoldsIsRefused() throws IOException, InterruptedException {
        // given
        String values = "[" + "{},".repeat(5_000_000) + "{}]";

        // when
        HttpResponse<String> answer = service.client()
                .send(
                        service.request("/json")
                                .timeout(Duration.ofMinutes(2))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(values))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("has more values than the service has memory for");
        assertThat(service.health()).isEqualTo(200);
    }
}

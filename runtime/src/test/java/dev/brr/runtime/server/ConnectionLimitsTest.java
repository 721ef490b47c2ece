package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.config.ConnectionSettings;
import dev.brr.runtime.config.LimitSettings;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may not do to the service, over real sockets. */
@Timeout(60)
class ConnectionLimitsTest {
    private static final String MEMBERS = """
            paths:
              /a: {get: {operationId: a, responses: {'200': {description: d, content: {text/plain: {}}}}}}
              /hang: {get: {operationId: hang, responses: {'200': {description: d, content: {text/plain: {}}}}}}
              /big: {get: {operationId: big, responses: {'200': {description: d, content: {text/plain: {}}}}}}
              /body:
                post:
                  operationId: body
                  requestBody: {required: true, content: {text/plain: {}, application/octet-stream: {}}}
                  responses: {'200': {description: d, content: {text/plain: {}}}}
            """;

    private final List<RawClient> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // each test starts it first
    private TestService service;

    private void start(UnaryOperator<ConnectionSettings> connections, UnaryOperator<LimitSettings> limits)
            throws IOException, StartupException {
        Map<String, OperationHandler> handlers = Map.of(
                "a", _ -> Response.ok("a"),
                "hang",
                        _ -> {
                            new CountDownLatch(1).await();
                            return Response.ok("never");
                        },
                "big", _ -> Response.ok("x".repeat(32 * 1024 * 1024)),
                "body", request -> Response.ok(request.bodyBytes().length + " bytes"));
        UnaryOperator<RuntimeConfig> change =
                config -> config.withConnections(connections).withLimits(limits);
        service = TestService.start(MEMBERS, handlers, change);
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        service.close();
    }

    private RawClient connect() throws IOException {
        RawClient client = service.raw();
        clients.add(client);
        return client;
    }

    private String metric(String name) throws IOException, InterruptedException {
        return service.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** A client that reads nothing until it has sent everything, as many do. */
    private String sendAllThenRead(String head, long bodyBytes) throws IOException {
        RawClient client = connect().send(head);
        int piece = 64 * 1024;
        for (long sent = 0; sent < bodyBytes; sent += piece) {
            client.send(new byte[(int) Math.min(piece, bodyBytes - sent)]);
        }
        return client.readToEnd();
    }

    @ParameterizedTest
    @ValueSource(longs = {1025, 70_000, 5_000_000, 40_000_000})
    void aBodyOverTheLimitMeetsTheClientAsAProblem(long length) throws IOException, StartupException {
        // given
        start(connections -> connections, limits -> limits);

        // when
        String answer = sendAllThenRead(
                "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: " + length
                        + "\r\nConnection: close\r\n\r\n",
                length);

        // then
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("Connection: close", "problem+json");
    }

    @Test
    void aBodyInChunksOverTheLimitMeetsTheClientAsAProblem() throws IOException, StartupException {
        // given
        start(connections -> connections, limits -> limits);
        RawClient client = connect()
                .send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n");

        // when
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        for (int i = 0; i < 100; i++) {
            client.send(chunk);
        }
        client.send("0\r\n\r\n");

        // then
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ").contains("Connection: close");
    }

    @Test
    void anHttpClientReadsThe413Too() throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections, limits -> limits);

        // then
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = service.send(service.request("/body")
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofByteArray(new byte[5_000_000])));
            assertThat(answer.statusCode()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {210, 2_000, 100_000})
    void tooManyHeadersAre431(int number) throws IOException, StartupException {
        // given
        start(connections -> connections, limits -> limits);
        StringBuilder head = new StringBuilder("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        for (int i = 0; i < number; i++) {
            head.append("x-").append(i).append(": y\r\n");
        }

        // when
        String answer = sendAllThenRead(head.append("\r\n").toString(), 0);

        // then
        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("problem+json", "\"status\":431");
    }

    @Test
    void aHeaderThatIsTooLongIs431() throws IOException, StartupException {
        // given
        start(connections -> connections, limits -> limits.withMaxHeaders(1000, 100));

        // then
        assertThat(sendAllThenRead(
                        "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + "y".repeat(1000) + "\r\n\r\n", 0))
                .startsWith("HTTP/1.1 431 ");
        assertThat(sendAllThenRead(
                        "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + "y".repeat(500) + "\r\n\r\n", 0))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoTricklesHeadersIsCutOffWith408() throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections.withHeaderTimeout(Duration.ofMillis(800)), limits -> limits);
        RawClient client = connect().send("GET /a HTTP/1.1\r\nHost: x\r\n");
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Thread.sleep(100);
                    client.send("x: y\r\n");
                }
            } catch (IOException | InterruptedException _) {
                // cut off
            }
        });

        // then
        assertThat(client.read(12)).isEqualTo("HTTP/1.1 408");
        assertThat(metric("brr_connections_cut_total{reason=\"slow\"}")).isEqualTo("1.0");
    }

    @Test
    void whoTricklesABodyIsCutOffWith408() throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections.withMinBytesPerSecond(1000), limits -> limits);
        RawClient client = connect()
                .send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nx");

        // when
        String answer = client.readToEnd();

        // then
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("problem+json");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> metric("http_server_requests_seconds_count{method=\"POST\",operation=\"unmatched\","
                                + "status=\"408\"}")
                        .equals("1"));
    }

    @Test
    void anIdleConnectionEnds() throws IOException, StartupException {
        // given
        start(connections -> connections.withIdleTimeout(Duration.ofMillis(500)), limits -> limits);
        RawClient client = connect().send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");

        // then
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\na");
    }

    @Test
    void aNewConnectionTakesThePlaceOfTheOneThatWaitedLongest()
            throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections.withMax(10), limits -> limits);
        for (int i = 0; i < 30; i++) {
            connect();
        }

        // then
        assertThat(service.get("/a").body()).isEqualTo("a");
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(Double.parseDouble(metric("brr_connections_open"))).isLessThanOrEqualTo(10);
            assertThat(Double.parseDouble(metric("brr_connections_cut_total{reason=\"idle\"}")))
                    .isGreaterThanOrEqualTo(21);
        });
    }

    @Test
    void whereNoConnectionIsIdleANewOneIsRefused() throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections.withMax(2), limits -> limits);
        for (int i = 0; i < 2; i++) {
            connect().send("GET /hang HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> service.get("/a").statusCode() == 503);
    }

    @Test
    void aThousandIdleConnectionsLeaveTheServiceAnswering() throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections, limits -> limits);
        for (int i = 0; i < 1000; i++) {
            connect();
        }

        // then
        assertThat(service.get("/health").statusCode()).isEqualTo(200);
        assertThat(service.get("/a").body()).isEqualTo("a");
    }

    @Test
    void aHandlerThatHangsIsInterruptedAndTheClientTold() throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections, limits -> limits.withRequestTimeout(Duration.ofMillis(300)));

        // when
        HttpResponse<String> answer = service.get("/hang");

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The service took too long to answer");
        assertThat(service.get("/a").statusCode()).isEqualTo(200);
        assertThat(metric("brr_handlers_interrupted_total")).isEqualTo("1.0");
    }

    @Test
    void whoDoesNotReadItsAnswerIsCutOff() throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections.withSendTimeout(Duration.ofMillis(500)), limits -> limits);
        RawClient client = connect().send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        metric("brr_connections_cut_total{reason=\"slow\"}").equals("1.0"));
        assertThat(client.readToEnd().length()).isLessThan(32 * 1024 * 1024);
    }

    @Test
    void aLongAnswerArrivesWhole() throws IOException, StartupException, InterruptedException {
        // given
        start(connections -> connections, limits -> limits);

        // when
        HttpResponse<String> answer = service.get("/big");

        // then
        assertThat(answer.body()).hasSize(32 * 1024 * 1024);
        assertThat(answer.headers().firstValue("content-length")).contains(String.valueOf(32 * 1024 * 1024));
    }
}

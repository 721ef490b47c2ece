package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is answered before there is a request to route is counted as everything else, and has its line in the access log. */
@Timeout(120)
class EarlyAnswersTest {
    private static final String MEMBERS = """
            paths:
              /a: {get: {operationId: a, responses: {'200': {description: d, content: {text/plain: {}}}}}}
              /hang: {get: {operationId: hang, responses: {'200': {description: d}}}}
              /body:
                post:
                  operationId: body
                  requestBody: {required: true, content: {text/plain: {}}}
                  responses: {'200': {description: d, content: {text/plain: {}}}}
            """;
    private static final String GET_A = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path folder;

    private final AccessLines log = new AccessLines();

    private BrrServer start(UnaryOperator<RuntimeConfig> change) throws IOException, StartupException {
        Path spec = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(MEMBERS));
        RuntimeConfig config = change.apply(
                TestService.config(spec).withObservability(observability -> observability.withAccessLog(true)));
        HandlerDiscovery handlers = new HandlerDiscovery(
                Map.of(
                        "a", _ -> Response.ok("a"),
                        "hang",
                                _ -> {
                                    new CountDownLatch(1).await();
                                    return Response.empty(200);
                                },
                        "body", request -> Response.ok(request.bodyBytes().length + " bytes")),
                List.of());
        return BrrServer.start(config, handlers, log.output());
    }

    private BrrServer start() throws IOException, StartupException {
        return start(UnaryOperator.identity());
    }

    private static List<String> metrics(BrrServer server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + server.managementPort() + "/metrics"))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }

    /** The header that carries the name which a line of the log gives a request. */
    private static String id(JsonNode line) {
        return "x-request-id: " + line.get("request_id").stringValue();
    }

    /** The counts of all requests, by method, operation and status. */
    private static List<String> counts(BrrServer server) throws IOException, InterruptedException {
        return metrics(server).stream()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
                .map(line ->
                        line.replaceAll("[^{]*\\{method=\"(.*)\",operation=\"(.*)\",status=\"(.*)\"} ", "$1 $2 $3 "))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nonsense||; OTHER; 400",
                "get /a HTTP/1.1|Host: x||; OTHER; 400",
                "G(T /a HTTP/1.1|Host: x||; OTHER; 400",
                "GET /a HTTP/9.9||; GET; 400",
                "GET /a HTTP/1.1||; GET; 400",
                "GET /a HTTP/1.1|Host: x|no colon||; GET; 400",
                "GET /a HTTP/1.1|Host: x|Host: y||; GET; 400",
                "POST /body HTTP/1.0|Transfer-Encoding: chunked||; OTHER; 400",
                "POST /body HTTP/1.1|Host: x|Content-Length: many||; POST; 400",
                "BREW /a HTTP/1.1|Host: x|Connection: close||; OTHER; 405",
                "GET /LONG HTTP/1.1|Host: x||; OTHER; 414",
                "POST /body HTTP/1.1|Host: x|Content-Length: 1|Content-Encoding: gzip||; POST; 415",
                "GET /a HTTP/1.1|Host: x|X: LONG||; GET; 431",
                "POST /body HTTP/1.1|Host: x|Transfer-Encoding: gzip, chunked||; POST; 501",
            })
    void aRefusalIsCountedAndLoggedOnce(String bytes, String method, int status) throws Exception {
        // given
        try (BrrServer server = start()) {
            // when
            String answer =
                    RawClient.exchange(server.port(), bytes.replace("|", "\r\n").replace("LONG", "x".repeat(40_000)));

            // then
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(log.await(1).getFirst().get("status").intValue()).isEqualTo(status);
            assertThat(counts(server)).containsExactly(method + " unmatched " + status + " 1");
        }
    }

    @Test
    void methodsThatClientsInventAreOneSeries() throws Exception {
        // given
        try (BrrServer server = start()) {
            // when
            for (int i = 0; i < 20; i++) {
                RawClient.exchange(server.port(), "M" + "X".repeat(i) + " /a HTTP/9.9\r\n\r\n");
            }

            // then
            log.await(20);
            assertThat(counts(server)).containsExactly("OTHER unmatched 400 20");
        }
    }

    @Test
    void aHeadThatDoesNotComeInTimeIsCountedAndLogged() throws Exception {
        // given
        try (BrrServer server =
                        start(config -> config.withConnections(c -> c.withHeaderTimeout(Duration.ofMillis(600))));
                RawClient client = RawClient.to(server.port())) {
            // when
            String answer = client.send("GET /secret HTTP/1.1\r\nHost: x\r\n").readToEnd();

            // then
            assertThat(answer).startsWith("HTTP/1.1 408 ");
            JsonNode line = log.await(1).getFirst();
            assertThat(line.get("status").intValue()).isEqualTo(408);
            assertThat(line.get("method").stringValue()).isEmpty();
            assertThat(line.get("path").stringValue()).isEmpty();
            assertThat(line.get("operation").stringValue()).isEqualTo("unmatched");
            assertThat(line.get("client").stringValue()).isEqualTo("127.0.0.1");
            assertThat(line.get("bytes").intValue()).isEqualTo(answer.length());
            assertThat(answer).contains("\r\n" + id(line) + "\r\n");
            assertThat(line.get("duration_us").longValue()).isGreaterThanOrEqualTo(600_000);
            assertThat(counts(server)).containsExactly("OTHER unmatched 408 1");
            assertThat(metrics(server)).contains("brr_connections_cut_total{reason=\"slow\"} 1.0");
        }
    }

    @Test
    void aBodyThatDoesNotComeInTimeIsCountedAndLoggedOnce() throws Exception {
        // given
        try (BrrServer server = start(config -> config.withConnections(c -> c.withMinBytesPerSecond(1000)));
                RawClient client = RawClient.to(server.port())) {
            // when
            String answer = client.send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                            + "Content-Length: 1000\r\n\r\nx")
                    .readToEnd();

            // then
            assertThat(answer).startsWith("HTTP/1.1 408 ").containsPattern("\\r\\nx-request-id: [0-9a-f]{32}\\r\\n");
            JsonNode line = log.await(1).getFirst();
            assertThat(line.get("status").intValue()).isEqualTo(408);
            assertThat(line.get("path").stringValue()).isEqualTo("/body");
            assertThat(answer).contains("\r\n" + id(line) + "\r\n");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(counts(server)).containsExactly("POST unmatched 408 1"));
        }
    }

    @Test
    void aConnectionForWhichThereIsNoRoomIsCountedAndLogged() throws Exception {
        // given: no connection is idle
        List<RawClient> hanging = new ArrayList<>();
        try (BrrServer server = start(config -> TestService.withManagementPort(config, 0)
                .withConnections(c -> c.withMax(2))
                .withShutdown(shutdown -> shutdown.withDrainTimeout(Duration.ofMillis(100))))) {
            for (int i = 0; i < 2; i++) {
                hanging.add(RawClient.to(server.port()).send("GET /hang HTTP/1.1\r\nHost: x\r\n\r\n"));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> metrics(server).contains("http_server_active_requests 2.0"));

            // when
            String answer = RawClient.exchange(server.port(), GET_A);

            // then
            assertThat(answer).startsWith("HTTP/1.1 503 ");
            JsonNode line = log.await(1).getFirst();
            assertThat(line.get("status").intValue()).isEqualTo(503);
            assertThat(line.get("operation").stringValue()).isEqualTo("unmatched");
            assertThat(answer).contains("\r\n" + id(line) + "\r\n");
            assertThat(line.get("client").stringValue()).isEqualTo("127.0.0.1");
            assertThat(counts(server)).containsExactly("OTHER unmatched 503 1");
            assertThat(metrics(server)).contains("brr_connections_cut_total{reason=\"full\"} 1.0");
        } finally {
            for (RawClient client : hanging) {
                client.close();
            }
        }
    }

    @Test
    void aConnectionThatAsksNothingIsNeitherCountedNorLogged() throws Exception {
        // given
        try (BrrServer server =
                        start(config -> config.withConnections(c -> c.withIdleTimeout(Duration.ofMillis(300))));
                RawClient client = RawClient.to(server.port())) {
            // when
            assertThat(client.readToEnd()).isEmpty();
            RawClient.exchange(server.port(), GET_A);

            // then
            assertThat(log.await(1).getFirst().get("path").stringValue()).isEqualTo("/a");
            assertThat(counts(server)).containsExactly("GET a 200 1");
        }
    }

    @Test
    void whatIsNoRequestOnTheManagementPortIsNoneOfTheService() throws Exception {
        // given
        try (BrrServer server = start(config -> TestService.withManagementPort(config, 0)
                .withConnections(c -> c.withHeaderTimeout(Duration.ofMillis(300))))) {
            // when
            assertThat(RawClient.exchange(server.managementPort(), "nonsense\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(RawClient.exchange(server.managementPort(), "GET /health"))
                    .startsWith("HTTP/1.1 408 ");
            RawClient.exchange(server.port(), GET_A);

            // then
            assertThat(log.await(1).getFirst().get("path").stringValue()).isEqualTo("/a");
            assertThat(counts(server)).containsExactly("GET a 200 1");
        }
    }

    @Test
    void anEmptyLineIsNoBeginOfARequestThatHasToEndInTime() throws Exception {
        // given
        try (BrrServer server = start(config -> config.withConnections(
                        c -> c.withHeaderTimeout(Duration.ofMillis(300)).withIdleTimeout(Duration.ofMillis(1500))));
                RawClient client = RawClient.to(server.port())) {
            // when
            String answer = client.send("\r\n").readToEnd();

            // then: it ends as a connection that is idle does
            assertThat(answer).isEmpty();
            assertThat(metrics(server)).contains("brr_connections_cut_total{reason=\"idle\"} 1.0");
            assertThat(counts(server)).isEmpty();
        }
    }

    @Test
    void aClientThatBreaksOffIsNotSaidToHaveBeenAnswered() throws Exception {
        // given
        try (BrrServer server = start(config -> TestService.withManagementPort(config, 0));
                RawClient client = RawClient.to(server.port())) {
            client.send(
                    "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n" + "Content-Length: 1000\r\n\r\nx");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> metrics(server).contains("http_server_active_requests 1.0"));

            // when
            client.reset();

            // then
            JsonNode line = log.await(1).getFirst();
            assertThat(line.get("status").intValue()).isEqualTo(499);
            assertThat(line.get("path").stringValue()).isEqualTo("/body");
            assertThat(line.get("bytes").intValue()).isZero();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(counts(server)).containsExactly("POST unmatched 499 1"));
        }
    }
}

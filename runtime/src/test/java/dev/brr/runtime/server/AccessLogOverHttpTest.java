package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.dispatch.Dispatcher;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AccessLogOverHttpTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir
    private Path folder;

    private final AccessLines log = new AccessLines();

    private BrrServer start(boolean accessLog) throws IOException, StartupException {
        Path spec = Files.writeString(folder.resolve("openapi.yaml"), Documents.text("""
                paths:
                  /trace:
                    get:
                      operationId: trace
                      parameters: [{name: q, in: query, schema: {type: string}}]
                      responses: {'200': {description: d, content: {text/plain: {}}}}
                """));
        return BrrServer.start(
                TestService.config(spec).withObservability(observability -> observability.withAccessLog(accessLog)),
                new HandlerDiscovery(
                        Map.of(
                                "trace",
                                request -> Response.ok(request.traceParent().orElse("none"))),
                        List.of()),
                log.output());
    }

    private static String get(BrrServer server, String target, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private List<JsonNode> lines(int number) {
        return log.await(number);
    }

    @Test
    void eachRequestIsALine() throws Exception {
        // given
        try (BrrServer server = start(true)) {
            // when
            get(server, "/trace?q=secret", "x-request-id", "id-1", "traceparent", TRACE);
            get(server, "/nowhere");

            // then
            List<JsonNode> lines = lines(2);
            JsonNode first = lines.getFirst();
            assertThat(first.get("method").stringValue()).isEqualTo("GET");
            assertThat(first.get("path").stringValue()).isEqualTo("/trace");
            assertThat(first.get("operation").stringValue()).isEqualTo("trace");
            assertThat(first.get("status").intValue()).isEqualTo(200);
            assertThat(first.get("duration_us").longValue()).isPositive();
            assertThat(first.get("bytes").longValue()).isPositive();
            assertThat(first.get("client").stringValue()).isEqualTo("127.0.0.1");
            assertThat(first.get("request_id").stringValue()).isEqualTo("id-1");
            assertThat(first.get("trace_id").stringValue()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(lines.getLast().get("operation").stringValue()).isEqualTo("unmatched");
            assertThat(lines.getLast().get("status").intValue()).isEqualTo(404);
            assertThat(log.text()).doesNotContain("secret");
        }
    }

    @Test
    void probesAndScrapesAreNotLogged() throws Exception {
        // given
        try (BrrServer server = start(true)) {
            // when
            get(server, "/health");
            get(server, "/metrics");
            get(server, "/trace");

            // then
            assertThat(lines(1).getFirst().get("path").stringValue()).isEqualTo("/trace");
            assertThat(get(server, "/metrics")).contains("brr_access_log_dropped_total 0.0");
        }
    }

    @Test
    void withoutTheSettingThereIsNone() throws Exception {
        // given
        try (BrrServer server = start(false)) {
            // when
            get(server, "/trace");
        }

        // then
        assertThat(log.text()).isEmpty();
    }

    @Test
    void aHandlerLearnsOfTheTraceItWorksFor() throws Exception {
        // given
        try (BrrServer server = start(false)) {
            // then
            assertThat(get(server, "/trace", "traceparent", TRACE)).isEqualTo(TRACE);
            assertThat(get(server, "/trace", "traceparent", "nonsense")).isEqualTo("none");
            assertThat(get(server, "/trace")).isEqualTo("none");
        }
    }

    @Test
    void aClientThatIsCutOffIsNamedToo() throws Exception {
        // given: more than the buffers of two sockets hold
        byte[] large = new byte[32 * 1024 * 1024];
        Path spec = Files.writeString(folder.resolve("openapi.yaml"), Documents.text("""
                paths:
                  /large:
                    get:
                      operationId: large
                      responses: {'200': {description: d, content: {application/octet-stream: {}}}}
                """));
        RuntimeConfig config = TestService.config(spec)
                .withObservability(observability -> observability.withAccessLog(true))
                .withConnections(connections -> connections.withSendTimeout(Duration.ofSeconds(1)));
        HandlerDiscovery handlers = new HandlerDiscovery(
                Map.of("large", _ -> Response.bytes(200, "application/octet-stream", large)), List.of());

        // when: it asks and reads nothing
        try (BrrServer server = BrrServer.start(config, handlers, log.output());
                RawClient client = RawClient.to(server.port())) {
            client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");

            // then
            JsonNode line = lines(1).getFirst();
            assertThat(line.get("client").stringValue()).isEqualTo("127.0.0.1");
            assertThat(line.get("bytes").longValue()).isLessThan(large.length);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nonsense||; ''; ''; 400",
                "hunter2 /secret||; ''; ''; 400",
                "GET /trace HTTP/9.9||; GET; /trace; 400",
                "GET /trace?q=hunter2 HTTP/9.9||; GET; /trace; 400",
                "GET http://me:hunter2@x/ HTTP/9.9||; GET; ''; 400",
                "GET /trace?q=hunter2 HTTP/1.1||; GET; /trace; 400",
                "GET /trace HTTP/1.1|Host: x|hunter2||; GET; /trace; 400",
                "G(T /trace HTTP/1.1|Host: x||; ''; ''; 400",
                "POST /trace HTTP/1.1|Host: x|Content-Length: 1|Content-Encoding: gzip||; POST; /trace; 415",
                "POST /trace HTTP/1.1|Host: x|Content-Length: 1|Transfer-Encoding: chunked||; POST; /trace; 400",
                "POST /trace HTTP/1.0|Transfer-Encoding: chunked||; ''; ''; 400",
            })
    void whatIsNoRequestIsALineToo(String bytes, String method, String path, int status) throws Exception {
        // given
        try (BrrServer server = start(true)) {
            // when
            send(server, bytes.replace("|", "\r\n"));

            // then
            JsonNode line = lines(1).getFirst();
            assertThat(line.get("status").intValue()).isEqualTo(status);
            assertThat(line.get("method").stringValue()).isEqualTo(method);
            assertThat(line.get("path").stringValue()).isEqualTo(path);
            assertThat(line.get("operation").stringValue()).isEqualTo("unmatched");
            assertThat(line.get("client").stringValue()).isEqualTo("127.0.0.1");
            assertThat(log.text()).doesNotContain("hunter2");
        }
    }

    @Test
    void noLineIsLongerThanATargetMayBe() throws Exception {
        // given
        String endless = "x".repeat(30_000);
        try (BrrServer server = start(true)) {
            // when
            send(server, "GET /" + endless + " HTTP/9.9\r\n\r\n");
            send(server, endless.toUpperCase(Locale.ROOT) + " / HTTP/9.9\r\n\r\n");
            send(server, "GET /" + endless + endless + " HTTP/1.1\r\nHost: x\r\n\r\n");
            send(server, "GET /trace HTTP/1.1\r\nHost: x\r\nX: " + endless + endless + "\r\n\r\n");

            // then
            assertThat(lines(4))
                    .extracting(line -> line.get("status").intValue())
                    .containsExactly(400, 400, 414, 431);
            assertThat(log.text().lines()).allMatch(line -> line.length() < Dispatcher.MAX_TARGET + 400);
        }
    }

    @Test
    void aRequestThatIsNoneAfterOneInTheSamePacketIsItsOwnLine() throws Exception {
        // given
        try (BrrServer server = start(true)) {
            // when
            String answer = send(server, "GET /trace HTTP/1.1\r\nHost: x\r\n\r\nG(T / HTTP/1.1\r\nHost: x\r\n\r\n");

            // then
            assertThat(answer).startsWith("HTTP/1.1 200").contains("HTTP/1.1 400");
            assertThat(lines(2))
                    .extracting(line -> line.get("status").intValue())
                    .containsExactly(200, 400);
        }
    }

    private static String send(BrrServer server, String bytes) throws IOException {
        return RawClient.exchange(server.port(), bytes);
    }
}

package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service over real HTTP. */
class BrrServerTest {
    private static final String DOCUMENT = """
            paths:
              /things:
                get:
                  operationId: list
                  parameters: [{name: tags, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}]
                  responses: {'200': {description: d, content: {application/json: {schema: {type: array}, example: [1, 2]}}}}
                post:
                  operationId: add
                  requestBody: {required: true, content: {text/plain: {}}}
                  responses: {'200': {description: d, content: {text/plain: {}}}, '204': {description: d}}
              /things/{id}:
                get:
                  operationId: read
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {'200': {description: d, content: {application/json: {schema: {type: string}}}}}
              /nothing:
                delete:
                  operationId: nothing
                  responses: {'204': {description: d}}
              /fails:
                get:
                  operationId: fails
                  responses: {'200': {description: d}}
              /overflows:
                get:
                  operationId: overflows
                  responses: {'200': {description: d}}
            """;

    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start(
                DOCUMENT,
                Map.of(
                        "list",
                        request -> Response.ok(request.query("tags").texts()),
                        "add",
                        request -> Response.ok(new String(request.bodyBytes(), StandardCharsets.UTF_8)),
                        "read",
                        request -> Response.ok(request.path("id").text()),
                        "nothing",
                        _ -> Response.empty(204),
                        "fails",
                        _ -> {
                            throw new IllegalStateException("a secret");
                        },
                        "overflows",
                        _ -> Response.ok(overflow(1))));
    }

    private static int overflow(int depth) {
        return depth < 0 ? 0 : overflow(depth + 1) + 1;
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void anAnswerHasTypeLengthAndId() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.get("/things?tags=a%7Cb");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("[\"a\",\"b\"]");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("content-length")).contains("9");
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(response.headers().firstValue("date")).isPresent();
        assertThat(response.headers().firstValue("x-request-id").orElseThrow()).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @CsvSource({
        "/things/a%2Fb, a/b",
        "/things/a%20b, a b",
        "/things/a+b, a+b",
        "/things/%C3%A9, é",
        "/things/%25, %",
        "/things/..%2F..%2Fetc, ../../etc",
        "/things/a;b=c, a;b=c"
    })
    void anEncodedSegmentReachesTheHandlerWhole(String target, String id) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.get(target);

        // then
        assertThat(response.body()).isEqualTo("\"" + id + "\"");
    }

    @ParameterizedTest
    @CsvSource({"/things, 200", "/nothing, 405", "/unknown, 404", "/health, 200"})
    void headHasTheHeadersAndNoBody(String target, int status) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.send(service.request(target).HEAD());

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("content-length").orElse(0))
                .isPositive();
    }

    @Test
    void aConnectionGoesOnAfterHead() throws IOException, InterruptedException {
        // when
        for (int i = 0; i < 3; i++) {
            service.send(service.request("/things").HEAD());
        }

        // then
        assertThat(service.get("/things").statusCode()).isEqualTo(200);
    }

    @Test
    void noContentIsNoContent() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.send(service.request("/nothing").DELETE());

        // then
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-type")).isEmpty();
    }

    @Test
    void aBodyMayComeInChunks() throws IOException, InterruptedException {
        // given
        byte[] bytes = "in chunks".getBytes(StandardCharsets.UTF_8);

        // when
        HttpResponse<String> response = service.send(service.request("/things")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));

        // then
        assertThat(response.body()).isEqualTo("in chunks");
    }

    @ParameterizedTest
    // What socket buffers do not hold may meet a closed connection before the client has read the answer.
    @ValueSource(ints = {1025, 100_000})
    void aBodyThatIsTooLargeIsRefusedHoweverItComes(int size) throws IOException, InterruptedException {
        // given
        byte[] bytes = new byte[size];

        // when
        HttpResponse<String> announced = service.send(service.request("/things")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofByteArray(bytes)));
        HttpResponse<String> chunked = service.send(service.request("/things")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));

        // then
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("\"reason\":\"request_body_too_large\"");
    }

    @Test
    void aHandlersFailureTellsTheClientNothing() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.get("/fails");

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret");
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void aHandlerThatOverflowsItsStackLeavesTheServiceStanding() throws IOException, InterruptedException {
        // then
        assertThat(service.get("/overflows").statusCode()).isEqualTo(500);
        assertThat(service.get("/things").statusCode()).isEqualTo(200);
    }

    @Test
    void theClientsRequestIdComesBack() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.send(service.request("/unknown").header("X-Request-ID", "mine-1"));

        // then
        assertThat(response.headers().firstValue("x-request-id")).contains("mine-1");
    }

    @Test
    void requestsOfManyClientsAreAnsweredAtOnce() throws InterruptedException, ExecutionException {
        // given
        List<Future<String>> answers = new ArrayList<>();

        // when
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String id = "x" + i;
                answers.add(clients.submit(() -> service.get("/things/" + id).body()));
            }
        }

        // then
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo("\"x" + i + "\"");
        }
    }

    @Test
    void everyAnswerIsCounted() throws IOException, InterruptedException {
        // given
        service.get("/unknown");
        service.send(service.request("/nothing").DELETE());

        // when
        String metrics = service.get("/metrics").body();

        // then
        assertThat(metrics)
                .contains("http_server_requests_seconds_count{method=\"DELETE\",operation=\"nothing\",status=\"204\"}")
                .contains("{method=\"GET\",operation=\"unmatched\",status=\"404\"}")
                .contains("http_server_active_requests 0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "/health, application/json",
        "/ready, application/json",
        "/metrics, text/plain; version=0.0.4; charset=utf-8",
        "/malloc, application/json",
        "/openapi.yaml, application/yaml; charset=utf-8",
        "/openapi.json, application/json"
    })
    void onePortHasTheBuiltInEndpointsToo(String target, String type) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.get(target);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains(type);
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    }
}

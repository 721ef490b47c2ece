package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations on the paths of the service's own endpoints. */
class SharedPathsTest {
    private static final String DOCUMENT = """
            paths:
              /health:
                get: {operationId: read, responses: {'200': {description: d, content: {text/plain: {}}}}}
                post: {operationId: write, responses: {'200': {description: d, content: {text/plain: {}}}}}
              /{name}:
                delete:
                  operationId: remove
                  parameters: [{name: name, in: path, required: true, schema: {type: string}}]
                  responses: {'200': {description: d, content: {text/plain: {}}}}
            """;
    private static final OperationHandler OWN = request -> Response.ok("own");

    private static TestService start(boolean management) throws IOException, StartupException {
        return TestService.start(
                DOCUMENT,
                Map.of("read", OWN, "write", OWN, "remove", OWN),
                management ? config -> TestService.withManagementPort(config, 0) : UnaryOperator.identity());
    }

    private static HttpResponse<String> send(TestService service, String method, String path)
            throws IOException, InterruptedException {
        return service.send(service.request(path).method(method, BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /health, 200, '{\"status\":\"ok\"}'",
        "POST, /health, 200, own",
        "DELETE, /ready, 200, own",
        "DELETE, /other, 200, own",
        "OPTIONS, /health, 204, ''",
    })
    void onOnePortMethodsThatTheEndpointsDoNotTakeAreTheDocuments(String method, String path, int status, String body)
            throws IOException, StartupException, InterruptedException {
        // given
        try (TestService service = start(false)) {
            // when
            HttpResponse<String> response = send(service, method, path);

            // then
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).isEqualTo(body);
        }
    }

    @Test
    void whatNeitherTakesIsRefusedByTheEndpoint() throws IOException, StartupException, InterruptedException {
        // given
        try (TestService service = start(false)) {
            // when
            HttpResponse<String> response = send(service, "PUT", "/health");

            // then
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }

    @Test
    void withAManagementPortTheDocumentHasItsPathsToItself()
            throws IOException, StartupException, InterruptedException {
        // given
        try (TestService service = start(true)) {
            // then
            assertThat(send(service, "GET", "/health").body()).isEqualTo("own");
            assertThat(service.management("/health").body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/health, POST, 204, https://a.example",
        "/ready, DELETE, 204, https://a.example",
        "/health, GET, 204, ''",
        "/health, PUT, 204, ''",
        "/ready, GET, 204, ''",
        "/metrics, GET, 204, ''",
        "/debug/heap, GET, 403, ''",
    })
    void pagesMayCallTheDocumentsOperationsOnThesePathsAndNoEndpoint(
            String path, String method, int status, String allowed)
            throws IOException, StartupException, InterruptedException {
        // given
        String open = "x-brr-cors: {origins: ['https://a.example']}\n" + DOCUMENT;
        try (TestService service = TestService.start(open, Map.of())) {
            // when
            HttpResponse<String> response = service.send(service.request(path)
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", "https://a.example")
                    .header("Access-Control-Request-Method", method));

            // then
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers()
                            .firstValue("Access-Control-Allow-Origin")
                            .orElse(""))
                    .isEqualTo(allowed);
        }
    }

    @Test
    void aPreflightThatTheDocumentDoesNotOpenIsTheEndpoints()
            throws IOException, StartupException, InterruptedException {
        // given
        try (TestService service = start(false)) {
            // when
            HttpResponse<String> response = service.send(service.request("/health")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", "https://a.example")
                    .header("Access-Control-Request-Method", "POST"));

            // then
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }

    @ParameterizedTest
    @CsvSource({"false, GET, /health", "false, POST, /metrics", "true, GET, /health"})
    void whatTheEndpointsAnswerHasAnIdToo(boolean management, String method, String path)
            throws IOException, StartupException, InterruptedException {
        // given
        try (TestService service = start(management)) {
            // when
            HttpResponse<String> made = management ? service.management(path) : send(service, method, path);
            HttpResponse<String> echoed =
                    service.send(service.request("/health").header("x-request-id", "mine-1"));

            // then
            assertThat(made.headers().allValues("x-request-id"))
                    .singleElement()
                    .asString()
                    .matches("[0-9a-f]{32}");
            assertThat(echoed.headers().allValues("x-request-id")).containsExactly("mine-1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET /other HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n | 400",
                "GET /other HTTP/1.1\\r\\n\\r\\n | 400",
                "GET /other HTTP/1.1\\r\\nHost: a\\r\\nbad header\\r\\n\\r\\n | 400",
            })
    void earlyRefusalsHaveAnId(String request, int status) throws IOException, StartupException {
        // given
        try (TestService service = start(false)) {
            // when
            String answer = service.wireToTheEnd(request.replace("\\r\\n", "\r\n"));

            // then
            assertThat(answer).startsWith("HTTP/1.1 " + status).containsPattern("(?i)x-request-id: [0-9a-f]{32}\r\n");
        }
    }

    @Test
    void tooManyHeadersAreRefusedWithAnId() throws IOException, StartupException {
        // given
        StringBuilder request = new StringBuilder("GET /other HTTP/1.1\r\nHost: a\r\nx-request-id: mine-2\r\n");
        for (int i = 0; i < 1100; i++) {
            request.append("X-").append(i).append(": 1\r\n");
        }

        // when
        try (TestService service = start(false)) {
            String answer = service.wireToTheEnd(request + "\r\n");

            // then
            assertThat(answer).startsWith("HTTP/1.1 431").containsPattern("(?i)x-request-id: mine-2\r\n");
        }
    }
}

package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.Policies;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.security.ApiKeys;
import dev.brr.runtime.security.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Which of several faults of one request is told, and what a handler that fails leaves behind. */
class RefusalOrderTest {
    private static final String DOCUMENT = """
            paths:
              /things/{id}:
                put:
                  operationId: change
                  security: [{Key: []}]
                  x-brr-rate-limit: {requests: 1, seconds: 1000}
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: integer}}
                    - {name: dry, in: query, schema: {type: boolean}}
                  requestBody:
                    required: true
                    content: {application/json: {schema: {type: object, required: [name]}}}
                  responses: {'200': {description: d, content: {application/json: {schema: {type: object}}}}}
              /plain:
                get: {operationId: plain, responses: {'200': {description: d, content: {text/plain: {}}}}}
            components: {securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}}
            """;

    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        metrics.close();
    }

    private Dispatcher dispatcher(OperationHandler plain) {
        OperationHandler change = _ -> {
            calls.incrementAndGet();
            return Response.ok(Map.of());
        };
        return Dispatcher.compile(
                Documents.valid(DOCUMENT),
                new Dispatcher.Settings(
                        Map.of("change", change, "plain", plain),
                        new AccessSettings(
                                Credentials.of(new ApiKeys(Map.of("Key", List.of("k")))), Policies.NONE, List.of(), 64),
                        100,
                        true),
                metrics);
    }

    private Dispatcher dispatcher() {
        return dispatcher(_ -> Response.ok("fine"));
    }

    /** A request that has the faults named and no others. */
    private static FakeExchange faulty(String faults) {
        String id = faults.contains("path") ? "x" : "1";
        String query = faults.contains("encoding") ? "?%zz" : faults.contains("parameter") ? "?dry=7" : "";
        FakeExchange exchange = FakeExchange.of("PUT", "/things/" + id + query);
        if (!faults.contains("key")) {
            exchange.with("X-Key", "k");
        }
        if (faults.contains("accept")) {
            exchange.with("Accept", "image/png");
        }
        String type = faults.contains("type") ? "text/csv" : "application/json";
        String body = faults.contains("body") ? "{}" : "{\"name\": \"a\"}";
        return exchange.withBody(type, faults.contains("size") ? " ".repeat(101) + body : body);
    }

    @ParameterizedTest
    @CsvSource({
        "encoding size key accept parameter path type body, 400, bad-request",
        "size key accept parameter path type body, 413, payload-too-large",
        "key accept parameter path type body, 401, about:blank",
        "accept parameter path type body, 406, not-acceptable",
        "parameter type body, 400, parameter-validation-failed",
        "path type body, 400, parameter-validation-failed",
        "type body, 415, bad-request",
        "body, 400, bad-request",
        "none, 200, none",
    })
    void theFirstFaultOnTheWayIsTold(String faults, int status, String type) throws IOException {
        // when
        Reply reply = dispatcher().dispatch(faulty(faults)).reply();

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(JsonMapper.shared()
                        .readTree(reply.body())
                        .path("type")
                        .asString("none")
                        .replace("https://brr.dev/problems/", ""))
                .isEqualTo(type);
        assertThat(calls).hasValue(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "encoding, 400, 200",
        "size, 413, 200",
        "accept, 406, 429",
        "parameter, 400, 429",
        "type, 415, 429",
        "body, 400, 429",
    })
    void aRequestCountsFromItsCredentialsOn(String fault, int first, int second) throws IOException {
        // given
        Dispatcher dispatcher = dispatcher();

        // then
        assertThat(dispatcher.dispatch(faulty(fault)).reply().status()).isEqualTo(first);
        assertThat(dispatcher.dispatch(faulty("none")).reply().status()).isEqualTo(second);
    }

    @Test
    void allParametersAtFaultAreTold() throws IOException {
        // when
        Reply reply = dispatcher().dispatch(faulty("parameter path")).reply();

        // then
        assertThat(JsonMapper.shared().readTree(reply.body()).path("fields"))
                .extracting(field -> field.path("in").stringValue()
                        + " " + field.path("name").stringValue()
                        + " " + field.path("error").stringValue())
                .containsExactlyInAnyOrder("path id expected_integer", "query dry expected_boolean");
    }

    @Test
    void whatARefusedRequestSentIsNotRepeatedToIt() throws IOException {
        // given
        FakeExchange exchange = FakeExchange.of("PUT", "/things/1")
                .with("X-Key", "guess-4711")
                .withBody("application/json", "{\"name\": \"a\"}");

        // when
        Reply reply = dispatcher().dispatch(exchange).reply();

        // then
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).doesNotContain("4711");
    }

    private static void fail(String failure) throws Exception {
        switch (failure) {
            case "stack" -> throw new StackOverflowError();
            case "class" -> throw new NoClassDefFoundError("a/b/Secret");
            case "assertion" -> throw new AssertionError("secret");
            case "runtime" -> throw new IllegalStateException("secret");
            case "checked" -> throw new IOException("secret");
            case "interrupted" -> throw new InterruptedException("secret");
            default -> throw new IllegalArgumentException(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack", "class", "assertion", "runtime", "checked", "interrupted"})
    void howeverAHandlerFailsTheAnswerIsTheSame(String failure) throws IOException {
        // given
        Dispatcher dispatcher = dispatcher(_ -> {
            fail(failure);
            return Response.empty(200);
        });

        // when
        Reply reply = dispatcher.dispatch(FakeExchange.get("/plain")).reply();
        boolean interrupted = Thread.interrupted();

        // then
        assertThat(reply.status()).isEqualTo(500);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8))
                .contains("The operation failed; the log of the service says why")
                .doesNotContainIgnoringCase("secret");
        assertThat(interrupted).isEqualTo(failure.equals("interrupted"));
    }

    @Test
    void aHandlerThatFailsOnceServesOn() throws IOException {
        // given
        Dispatcher dispatcher = dispatcher(_ -> {
            if (calls.getAndIncrement() == 0) {
                throw new StackOverflowError();
            }
            return Response.ok("fine");
        });

        // then
        assertThat(dispatcher.dispatch(FakeExchange.get("/plain")).reply().status())
                .isEqualTo(500);
        assertThat(dispatcher.dispatch(FakeExchange.get("/plain")).reply().status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"400, Bad", "404, Not Found", "409, Conflict", "422, Unfit", "451, Legal", "503, Later", "599, Odd"})
    void aHandlerMayTellAnyProblem(int status, String title) throws IOException {
        // given
        Dispatcher dispatcher = dispatcher(_ -> {
            throw new ProblemException(status, title, "because of \"that\"");
        });

        // when
        Reply reply = dispatcher.dispatch(FakeExchange.get("/plain")).reply();

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.contentType()).isEqualTo("application/problem+json");
        assertThat(new String(reply.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"detail\":\"because of \\\"that\\\"\",\"status\":" + status + ",\"title\":\"" + title
                        + "\",\"type\":\"about:blank\"}");
    }

    @ParameterizedTest
    @CsvSource({"0, 100, false", "90, 100, false", "91, 100, true", "100, 100, true", "0, 0, false"})
    void theHeapIsSpentAboveNineTenths(long used, long most, boolean spent) {
        // then
        assertThat(MemoryShortage.isSpent(used, most)).isEqualTo(spent);
    }
}

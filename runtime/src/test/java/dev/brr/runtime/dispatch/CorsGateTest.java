package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.Policies;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.metrics.OperationMeters;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.security.ApiKeys;
import dev.brr.runtime.security.Credentials;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is told, whatever the answer is, and which OPTIONS requests are no question of a browser. */
class CorsGateTest {
    private static final String DOCUMENT = """
            x-brr-cors: {origins: ['https://a.example'], exposeHeaders: [Location]}
            paths:
              /pets/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                get: {operationId: read, responses: {'200': {description: d}}}
                put:
                  operationId: change
                  security: [{Key: []}]
                  x-brr-rate-limit: {requests: 1, seconds: 1000}
                  requestBody: {content: {text/plain: {}}}
                  responses: {'200': {description: d}}
              /everyone:
                x-brr-cors: {origins: ['*']}
                get: {responses: {'200': {description: d}}}
              /nobody:
                x-brr-cors: false
                get: {responses: {'200': {description: d}}}
                options: {operationId: ask, responses: {'200': {description: d}}}
              /closed:
                x-brr-cors: false
                get: {responses: {'200': {description: d}}}
              /mixed:
                get: {x-brr-cors: false, responses: {'200': {description: d}}}
                post: {x-brr-cors: {origins: ['https://b.example']}, responses: {'200': {description: d}}}
            components: {securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}}
            """;
    private static final String ORIGIN = "https://a.example";

    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());
    private final AtomicInteger calls = new AtomicInteger();
    private final Dispatcher dispatcher = Dispatcher.compile(
            Documents.valid(DOCUMENT),
            new Dispatcher.Settings(
                    Map.of(
                            "ask",
                                    _ -> {
                                        calls.incrementAndGet();
                                        return Response.empty(200);
                                    },
                            "read",
                                    _ -> {
                                        calls.incrementAndGet();
                                        return Response.empty(200);
                                    }),
                    new AccessSettings(
                            Credentials.of(new ApiKeys(Map.of("Key", List.of("k")))), Policies.NONE, List.of(), 64),
                    10,
                    false),
            metrics);

    @AfterEach
    void close() {
        metrics.close();
    }

    private Reply reply(FakeExchange exchange) throws IOException {
        return dispatcher.dispatch(exchange).reply();
    }

    private static Optional<String> header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Reply.Header::value)
                .reduce((_, _) -> "twice");
    }

    private static FakeExchange preflight(String path, String method) {
        return FakeExchange.of("OPTIONS", path).with("Origin", ORIGIN).with("Access-Control-Request-Method", method);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /pets/1, 200",
        "HEAD, /pets/1, 200",
        "POST, /pets/1, 405",
        "OPTIONS, /pets/1, 204",
        "PUT, /pets/1, 401",
        "GET, /pets/1?%zz, 400",
        "GET, /pets/%zz, 400",
        "GET, /nothing, 404",
    })
    void whateverTheAnswerIsAPageMayReadIt(String method, String target, int status) throws IOException {
        // when
        Reply reply = reply(FakeExchange.of(method, target).with("Origin", ORIGIN));

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(header(reply, "Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(header(reply, "Access-Control-Expose-Headers")).contains("Location");
        assertThat(header(reply, "Vary")).contains("Origin");
    }

    @Test
    void aTargetThatIsTooLongIsReadableToo() throws IOException {
        // when
        Reply reply =
                reply(FakeExchange.get("/" + "x".repeat(Dispatcher.MAX_TARGET)).with("Origin", ORIGIN));

        // then
        assertThat(reply.status()).isEqualTo(414);
        assertThat(header(reply, "Access-Control-Allow-Origin")).contains(ORIGIN);
    }

    @Test
    void aPageReadsWhyItsBodyOrRateIsRefused() throws IOException {
        // given
        FakeExchange good =
                FakeExchange.of("PUT", "/pets/1").with("Origin", ORIGIN).with("X-Key", "k");

        // when
        Reply large =
                reply(FakeExchange.of("PUT", "/pets/1").with("Origin", ORIGIN).withBody("text/plain", "more than ten"));
        reply(good);
        Reply often = reply(good);

        // then
        assertThat(large.status()).isEqualTo(413);
        assertThat(header(large, "Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(often.status()).isEqualTo(429);
        assertThat(header(often, "Access-Control-Allow-Origin")).contains(ORIGIN);
    }

    @Test
    void anAnswerToNoPageStillVaries() throws IOException {
        // when
        Reply reply = reply(FakeExchange.get("/pets/1"));

        // then
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(reply, "Vary")).contains("Origin");
    }

    @Test
    void twoOriginsAreNone() throws IOException {
        // when
        Reply reply = reply(FakeExchange.get("/pets/1").with("Origin", ORIGIN).with("Origin", "https://evil.example"));

        // then
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "https://b.example", "null"})
    void whatEveryPageMayCallDoesNotVary(String origin) throws IOException {
        // when
        Reply reply = reply(FakeExchange.get("/everyone").with("Origin", origin));

        // then
        assertThat(header(reply, "Access-Control-Allow-Origin")).contains("*");
        assertThat(header(reply, "Access-Control-Allow-Credentials")).isEmpty();
        assertThat(header(reply, "Vary")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, 204", "PUT, 204", "HEAD, 204", "PATCH, 403", "get, 403", "BREW, 403"})
    void aPreflightAsksForAMethodOfThePath(String method, int status) throws IOException {
        // when
        Reply reply = reply(preflight("/pets/7", method));

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(header(reply, "Access-Control-Allow-Methods"))
                .isEqualTo(status == 204 ? Optional.of("GET, HEAD, OPTIONS, PUT") : Optional.empty());
        assertThat(header(reply, "Access-Control-Allow-Origin")).contains(ORIGIN);
    }

    @Test
    void aPreflightReachesNoHandlerAndTakesNoToken() throws IOException {
        // when
        for (int i = 0; i < 5; i++) {
            reply(preflight("/pets/1", "GET"));
            reply(preflight("/pets/1", "PUT"));
        }

        // then
        assertThat(calls).hasValue(0);
        assertThat(reply(FakeExchange.of("PUT", "/pets/1").with("X-Key", "k")).status())
                .isEqualTo(200);
    }

    @Test
    void aPreflightCountsForNoOperation() throws IOException {
        // then
        assertThat(dispatcher.dispatch(preflight("/pets/1", "GET")).meters().operation())
                .isEqualTo(OperationMeters.UNMATCHED);
    }

    @Test
    void whereNoPageMayCallAPreflightIsAPlainRequest() throws IOException {
        // when
        Reply reply = reply(preflight("/nobody", "GET"));

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(calls).hasValue(1);
        assertThat(reply.headers()).isEmpty();
    }

    @Test
    void withoutTheMethodItAsksForOptionsIsAPlainRequest() throws IOException {
        // when
        Reply reply = reply(FakeExchange.of("OPTIONS", "/pets/1").with("Origin", ORIGIN));

        // then
        assertThat(header(reply, "Allow")).contains("GET, HEAD, OPTIONS, PUT");
        assertThat(header(reply, "Access-Control-Allow-Methods")).isEmpty();
    }

    @Test
    void twoMethodsAreNoPreflight() throws IOException {
        // when
        Reply reply = reply(preflight("/pets/1", "GET").with("Access-Control-Request-Method", "PUT"));

        // then
        assertThat(header(reply, "Access-Control-Allow-Methods")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, content-type, 204",
        "GET, x-key, 403",
        "PUT, 'x-key,content-type', 204",
        "PUT, 'X-KEY , Content-Type', 204",
        "PUT, 'x-key,,', 204",
        "PUT, 'x-key,x-other', 403",
        "PUT, authorization, 403",
        "PUT, 'x key', 403",
    })
    void aPreflightAsksForHeadersThatTheOperationReads(String method, String headers, int status) throws IOException {
        // then
        assertThat(reply(preflight("/pets/1", method).with("Access-Control-Request-Headers", headers))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "POST", "BREW"})
    void whereNoPageMayCallNoAnswerOpensItself(String method) throws IOException {
        // when
        Reply reply = reply(FakeExchange.of(method, "/closed").with("Origin", ORIGIN));
        Reply preflight = reply(preflight("/closed", method));

        // then
        assertThat(reply.headers()).extracting(Reply.Header::name).noneMatch(name -> name.startsWith("Access-Control"));
        assertThat(header(reply, "Vary")).isEmpty();
        assertThat(preflight.headers())
                .extracting(Reply.Header::name)
                .noneMatch(name -> name.startsWith("Access-Control"));
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, https://b.example, true",
        "OPTIONS, https://a.example, false",
        "DELETE, https://b.example, true",
        "DELETE, https://a.example, false",
        "POST, https://b.example, true",
        "GET, https://b.example, false",
        "GET, https://a.example, false",
    })
    void ofWhatAPathDoesNotTakeThePagesLearnThatMayCallIt(String method, String origin, boolean opens)
            throws IOException {
        // when
        Reply reply = reply(FakeExchange.of(method, "/mixed").with("Origin", origin));

        // then
        assertThat(header(reply, "Access-Control-Allow-Origin"))
                .isEqualTo(opens ? Optional.of(origin) : Optional.empty());
    }
}

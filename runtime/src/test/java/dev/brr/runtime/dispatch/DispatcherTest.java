package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.dispatch.Dispatcher.Dispatched;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.security.ApiKeys;
import dev.brr.runtime.security.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way of a request through the contract, without a server. */
class DispatcherTest {
    private static final String DOCUMENT = """
            servers: [{url: /v1}, {url: /}]
            paths:
              /things:
                get:
                  operationId: list
                  parameters:
                    - {name: limit, in: query, schema: {type: integer, minimum: 1, default: 7}}
                    - {name: X-Tenant, in: header, schema: {type: string}}
                    - {name: seen, in: cookie, schema: {type: boolean}}
                  responses:
                    '200':
                      description: d
                      content:
                        application/json: {schema: {type: array, items: {type: integer}}, example: [1]}
                        text/csv: {example: '1'}
                post:
                  operationId: add
                  security: [{Key: []}]
                  requestBody:
                    required: true
                    content:
                      application/json: {schema: {type: object, required: [name], properties: {name: {type: string}}}}
                      text/plain: {}
                  responses: {'201': {description: d, content: {application/json: {schema: {type: object, required: [id]}}}}}
              /things/{id}:
                get:
                  operationId: read
                  parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                  responses: {'200': {description: d, content: {application/json: {schema: {type: object}, example: {}}}}}
                delete:
                  operationId: remove
                  parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                  responses: {'204': {description: d}}
              /optional:
                post:
                  operationId: optional
                  requestBody: {content: {application/json: {schema: {type: integer}}}}
                  responses: {'200': {description: d, content: {text/plain: {}}}}
            components: {securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}}
            """;

    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());
    private final Map<String, OperationHandler> handlers = new HashMap<>();

    @AfterEach
    void close() {
        metrics.close();
    }

    private Reply dispatch(Exchange exchange) throws IOException {
        return dispatched(exchange, true).reply();
    }

    private Dispatched dispatched(Exchange exchange, boolean validates) throws IOException {
        return dispatched(DOCUMENT, exchange, validates);
    }

    private Dispatched dispatched(String document, Exchange exchange, boolean validates) throws IOException {
        Dispatcher dispatcher = Dispatcher.compile(
                Documents.valid(document),
                new Dispatcher.Settings(
                        handlers,
                        AccessSettings.of(Credentials.of(new ApiKeys(Map.of("Key", List.of("k"))))),
                        100,
                        validates),
                metrics);
        return dispatcher.dispatch(exchange);
    }

    private static String body(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(Reply reply) {
        return JsonMapper.shared().readTree(reply.body());
    }

    private static String header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Reply.Header::value)
                .reduce((a, b) -> a + " & " + b)
                .orElse("none");
    }

    @Test
    void anOperationWithoutHandlerAnswersFromTheDocument() throws IOException {
        // when
        Reply reply = dispatch(FakeExchange.get("/things"));

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(body(reply)).isEqualTo("[1]");
    }

    @ParameterizedTest
    @CsvSource({"text/csv, text/csv, 1", "'text/*', text/csv, 1", "'*/*', application/json, [1]"})
    void theAnswerIsInTheMediaTypeThatIsAccepted(String accept, String type, String body) throws IOException {
        // when
        Reply reply = dispatch(FakeExchange.get("/things").with("Accept", accept));

        // then
        assertThat(reply.contentType()).isEqualTo(type);
        assertThat(body(reply)).isEqualTo(body);
    }

    @Test
    void whatIsNotAcceptableIs406() throws IOException {
        // when
        Reply reply = dispatch(FakeExchange.get("/things").with("Accept", "image/png"));

        // then
        assertThat(reply.status()).isEqualTo(406);
        assertThat(json(reply).path("detail").stringValue())
                .isEqualTo("The operation answers in application/json, text/csv");
    }

    @ParameterizedTest
    @CsvSource({"/things, 200", "/v1/things, 200", "/v1/things/, 200", "/v2/things, 404", "/v1, 404", "/, 404"})
    void operationsLieUnderEveryServersBasePath(String path, int status) throws IOException {
        // then
        assertThat(dispatch(FakeExchange.get(path)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"PUT, 405", "BREW, 405", "OPTIONS, 204", "HEAD, 200"})
    void otherMethodsAreToldWhatIsAllowed(String method, int status) throws IOException {
        // when
        Reply reply = dispatch(FakeExchange.of(method, "/things"));

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(header(reply, "Allow")).isEqualTo(status == 200 ? "none" : "GET, HEAD, OPTIONS, POST");
    }

    @Test
    void parametersReachTheHandlerTyped() throws IOException {
        // given
        AtomicReference<Request> seen = new AtomicReference<>();
        handlers.put("list", request -> {
            seen.set(request);
            return Response.ok(List.of(request.query("limit").asInt().orElseThrow()));
        });

        // when
        Reply reply = dispatch(FakeExchange.get("/things?limit=3")
                .with("x-tenant", "a")
                .with("Cookie", "seen=true")
                .with("x-request-id", "abc-1"));

        // then
        assertThat(body(reply)).isEqualTo("[3]");
        Request request = Objects.requireNonNull(seen.get());
        assertThat(request.operationId()).isEqualTo("list");
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.requestId()).isEqualTo("abc-1");
        assertThat(request.header("X-Tenant").text()).isEqualTo("a");
        assertThat(request.cookie("seen").asBoolean()).contains(true);
        assertThat(request.query("limit").texts()).containsExactly("3");
        assertThat(request.query("other").isPresent()).isFalse();
    }

    @Test
    void aDefaultReachesTheHandler() throws IOException {
        // given
        handlers.put(
                "list",
                request -> Response.ok(List.of(request.query("limit").asInt().orElseThrow())));

        // then
        assertThat(body(dispatch(FakeExchange.get("/things")))).isEqualTo("[7]");
    }

    @ParameterizedTest
    @CsvSource({
        "/things?limit=0, 400, parameter-validation-failed",
        "/things?limit=x, 400, parameter-validation-failed",
        "/things/x, 400, parameter-validation-failed",
        "/things/%zz, 400, bad-request",
        "/things?%zz=1, 400, bad-request",
        "/nothing, 404, not-found"
    })
    void aRequestThatDepartsFromTheDocumentIsRefused(String target, int status, String type) throws IOException {
        // when
        Reply reply = dispatch(FakeExchange.get(target));

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.contentType()).isEqualTo("application/problem+json");
        assertThat(json(reply).path("type").stringValue()).endsWith("/" + type);
    }

    @ParameterizedTest
    @CsvSource({"8192, 404", "8193, 414"})
    void aTargetMayHave8192Octets(int length, int status) throws IOException {
        // given
        String path = "/" + "x".repeat(length - 1);
        String withQuery = "/x?" + "y".repeat(length - 3);

        // then
        assertThat(dispatch(FakeExchange.get(path)).status()).isEqualTo(status);
        assertThat(dispatch(FakeExchange.get(withQuery)).status()).isEqualTo(status);
    }

    @Test
    void withoutCredentialsNothingElseIsLookedAt() throws IOException {
        // when
        Reply reply = dispatch(FakeExchange.of("POST", "/things").withBody("image/png", "{"));

        // then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(header(reply, "WWW-Authenticate")).isEqualTo("ApiKey realm=\"Test\", in=\"header\", name=\"X-Key\"");
        assertThat(metrics.scrape("").text()).contains("brr_auth_failures_total 1.0");
    }

    private FakeExchange post() {
        return FakeExchange.of("POST", "/things").with("X-Key", "k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"name\":\"a\"} | 201 | ''",
                "application/json | {} | 400 | Request validation failed",
                "application/json | {\"name\": | 400 | Request validation failed",
                "application/json | '' | 400 | Request body required",
                "text/plain | hello | 201 | ''",
                "image/png | x | 415 | Unsupported Media Type",
                "nonsense | x | 415 | Unsupported Media Type",
                "image/png | '' | 415 | Unsupported Media Type",
            })
    void aBodyIsHeldToItsDeclaration(String type, String body, int status, String title) throws IOException {
        // given
        handlers.put("add", _ -> Response.of(201, Map.of("id", 1)));

        // when
        Reply reply = dispatch(post().withBody(type, body));

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(json(reply).path("title").asString("")).isEqualTo(title);
        assertThat(header(reply, "Accept-Post")).isEqualTo(status == 415 ? "application/json, text/plain" : "none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "false | none | '' | 204 | ''",
                "true | none | '' | 400 | Request body required",
                "false | none | x | 415 | Unsupported Media Type",
                "true | none | x | 415 | Unsupported Media Type",
                "false | text/plain | '' | 204 | ''",
                "true | text/plain | '' | 400 | Request body required",
                "false | image/png | '' | 415 | Unsupported Media Type",
            })
    void chunksWithNothingInThemAreNoBody(
            boolean required, @Nullable String contentType, String text, int status, String title) throws IOException {
        // given
        String document = """
                paths: {/a: {post: {operationId: a, requestBody: {required: %s, content: {text/plain: {}}},
                                    responses: {'204': {description: d}}}}}
                """.formatted(required);
        handlers.put("a", _ -> Response.empty(204));
        FakeExchange exchange = FakeExchange.of("POST", "/a").chunked();

        // when
        Reply reply = dispatched(
                        document,
                        contentType == null ? exchange.withBody(text) : exchange.withBody(contentType, text),
                        true)
                .reply();

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.status() == 204 ? "" : json(reply).path("title").asString(""))
                .isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({"application/json, text/plain", "application/json, application/json", "text/plain, application/json"})
    void ofTwoContentTypesNoneIsBelieved(String one, String other) throws IOException {
        // given
        handlers.put("add", _ -> Response.of(201, Map.of("id", 1)));

        // when
        Reply reply = dispatch(post().withBody(one, "{\"name\":\"a\"}").with("Content-Type", other));

        // then
        assertThat(reply.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"POST, Accept-Post", "PATCH, Accept-Patch", "PUT, Accept", "DELETE, Accept"})
    void whatIsTakenInsteadIsNamedByTheHeaderOfTheMethod(String method, String header) throws IOException {
        // given
        String document = """
                paths: {/a: {%s: {requestBody: {content: {text/plain: {}, application/json: {}}},
                                  responses: {'200': {description: d}}}}}
                """.formatted(method.toLowerCase(Locale.ROOT));

        // when
        Reply reply = dispatched(document, FakeExchange.of(method, "/a").withBody("image/png", "x"), true)
                .reply();

        // then
        assertThat(reply.status()).isEqualTo(415);
        assertThat(header(reply, header)).isEqualTo("application/json, text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/th\u00efngs", "/things?kind=\ufffd", "/th ings", "/things?a=\t", "/things/\u007f"})
    void aTargetOfOtherThanPlainCharactersIsRefused(String target) throws IOException {
        // then
        assertThat(dispatch(FakeExchange.get(target)).status()).isEqualTo(400);
    }

    @Test
    void anAsteriskAsksWhatTheServiceTakesAtAll() throws IOException {
        // when
        Reply reply = dispatch(FakeExchange.of("OPTIONS", "*"));

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(header(reply, "Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, POST");
        // No other method has that form of a target (RFC 9112, section 3.2.4).
        assertThat(dispatch(FakeExchange.get("*")).status()).isEqualTo(400);
    }

    @Test
    void aTargetThatBeginsWithNoSlashIsNoPath() throws IOException {
        // then
        assertThat(dispatch(FakeExchange.get("pets")).status()).isEqualTo(400);
        assertThat(dispatch(FakeExchange.of("CONNECT", "x:443")).status()).isEqualTo(400);
    }

    @Test
    void aMissingBodyOfNoTypeIsRequired() throws IOException {
        // then
        assertThat(json(dispatch(post())).path("title").stringValue()).isEqualTo("Request body required");
    }

    @Test
    void aBodyWithoutContentTypeIsNotGuessedAt() throws IOException {
        // when
        Reply reply = dispatch(new NoType(post().withBody("application/json", "{\"name\":\"a\"}")));

        // then
        assertThat(reply.status()).isEqualTo(415);
        assertThat(json(reply).path("detail").stringValue()).startsWith("The request has no Content-Type");
    }

    private record NoType(FakeExchange inner) implements Exchange {
        @Override
        public String method() {
            return inner.method();
        }

        @Override
        public String rawPath() {
            return inner.rawPath();
        }

        @Override
        public String rawQuery() {
            return inner.rawQuery();
        }

        @Override
        public List<String> header(String name) {
            return name.equalsIgnoreCase("content-type") ? List.of() : inner.header(name);
        }

        @Override
        public InetAddress remoteAddress() {
            return inner.remoteAddress();
        }

        @Override
        public long contentLength() {
            return inner.contentLength();
        }

        @Override
        public byte[] body(long limit) throws IOException {
            return inner.body(limit);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 413", "false, 413"})
    void aBodyMayHaveAHundredBytesHere(boolean chunked, int status) throws IOException {
        // given
        FakeExchange exchange = post().withBody("text/plain", "x".repeat(101));

        // then
        assertThat(dispatch(chunked ? exchange.chunked() : exchange).status()).isEqualTo(status);
    }

    @Test
    void anAnnouncedLengthIsRefusedBeforeCredentialsAreAskedFor() throws IOException {
        // then
        assertThat(dispatch(FakeExchange.of("POST", "/things").withBody("text/plain", "x".repeat(101)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void anOptionalBodyMayBeMissing() throws IOException {
        // given
        handlers.put(
                "optional",
                request -> Response.ok(request.body().map(Object::toString).orElse("nothing")));

        // then
        assertThat(body(dispatch(FakeExchange.of("POST", "/optional")))).isEqualTo("nothing");
        assertThat(body(dispatch(FakeExchange.of("POST", "/optional").withBody("application/json", "5"))))
                .isEqualTo("5");
    }

    @Test
    void aBodyIsReadInEveryForm() throws IOException {
        // given
        record Thing(String name) {}
        AtomicReference<Request> seen = new AtomicReference<>();
        handlers.put("add", request -> {
            seen.set(request);
            return Response.of(201, Map.of("id", 1)).withHeader("Location", "/things/1");
        });

        // when
        Reply reply = dispatch(post().withBody("application/json", "{\"name\":\"a\",\"more\":[1,null]}"));

        // then
        assertThat(header(reply, "Location")).isEqualTo("/things/1");
        Request request = Objects.requireNonNull(seen.get());
        assertThat(request.body(Thing.class)).isEqualTo(new Thing("a"));
        assertThat(request.bodyMap()).containsEntry("name", "a").containsKey("more");
        assertThat(request.body().orElseThrow()).isInstanceOf(Map.class);
        assertThat(new String(request.bodyBytes(), StandardCharsets.UTF_8)).startsWith("{\"name\"");
        assertThat(request.parts()).isEmpty();
    }

    @Test
    void aBodyThatDoesNotFitTheHandlersTypeIsTheHandlersFault() throws IOException {
        // given
        record Other(Map<String, String> name) {}
        handlers.put("add", request -> Response.of(201, request.body(Other.class)));

        // when
        Reply reply = dispatch(post().withBody("application/json", "{\"name\":\"a\"}"));

        // then
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).asString(StandardCharsets.UTF_8).doesNotContain("name", "Other");
    }

    @Test
    void aHandlersProblemIsTold() throws IOException {
        // given
        handlers.put("read", _ -> {
            throw new ProblemException(404, "Not Found", "There is no thing 5");
        });

        // when
        Reply reply = dispatch(FakeExchange.get("/things/5"));

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(json(reply).path("detail").stringValue()).isEqualTo("There is no thing 5");
    }

    @Test
    void aHandlersFailureTellsTheClientNothing() throws IOException {
        // given
        handlers.put("read", _ -> {
            throw new IOException("password=secret");
        });

        // when
        Reply reply = dispatch(FakeExchange.get("/things/5"));

        // then
        assertThat(reply.status()).isEqualTo(500);
        assertThat(body(reply)).doesNotContain("secret").contains("Internal Server Error");
    }

    @ParameterizedTest
    @CsvSource({"true, 500", "false, 200"})
    void anAnswerThatDepartsFromTheDocumentIsWithheldUnlessThatIsOff(boolean validates, int status) throws IOException {
        // given
        handlers.put("read", _ -> Response.ok(List.of("secret")));

        // when
        Reply reply = dispatched(FakeExchange.get("/things/5"), validates).reply();

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(body(reply).contains("secret")).isEqualTo(!validates);
        assertThat(metrics.scrape("").text()).contains("brr_response_violations_total " + (validates ? "1.0" : "0.0"));
    }

    @Test
    void aStatusThatIsNotDeclaredIsWithheld() throws IOException {
        // given
        handlers.put("remove", _ -> Response.empty(200));

        // then
        assertThat(dispatch(FakeExchange.of("DELETE", "/things/5")).status()).isEqualTo(500);
    }

    @Test
    void anExampleThatDepartsFromItsSchemaIsWithheldToo() throws IOException {
        // given
        String document = """
                paths:
                  /a:
                    get:
                      responses: {'200': {description: d, content: {application/json: {schema: {type: object}, example: 1}}}}
                """;

        // then
        assertThat(dispatched(document, FakeExchange.get("/a"), true).reply().status())
                .isEqualTo(500);
        assertThat(dispatched(document, FakeExchange.get("/a"), false).reply().status())
                .isEqualTo(200);
    }

    @Test
    void eachRequestHasAnIdOfItsOwn() throws IOException {
        // when
        String one = dispatched(FakeExchange.get("/things"), true).requestId();
        String other = dispatched(FakeExchange.get("/things"), true).requestId();

        // then
        assertThat(one).matches("[0-9a-f]{32}").isNotEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({
        "/things, listMeters, list",
        "/things/5, readMeters, read",
        "/nothing, unmatchedMeters, unmatched",
    })
    void timeCountsForTheOperation(String path, String description, String operation) throws IOException {
        // then
        assertThat(dispatched(FakeExchange.get(path), true).meters())
                .as(description)
                .isSameAs(metrics.operation(operation));
    }
}

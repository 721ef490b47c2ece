package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.Policies;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.ratelimit.RateLimit;
import dev.brr.runtime.ratelimit.Subnet;
import dev.brr.runtime.security.ApiKeys;
import dev.brr.runtime.security.BasicUsers;
import dev.brr.runtime.security.Credentials;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Origins, credentials and rates on the way of a request, without a server. */
class AccessTest {
    private static final String DOCUMENT = """
            paths:
              /open:
                get: {responses: {'200': {description: d}}}
              /keyed:
                parameters: [{name: X-Tenant, in: header, schema: {type: string}}]
                get: {operationId: keyed, security: [{Key: []}], responses: {'200': {description: d}}}
                delete: {security: [{User: []}], responses: {'204': {description: d}}}
              /either:
                get: {operationId: either, security: [{}, {Key: []}, {User: []}], responses: {'200': {description: d}}}
              /both:
                get: {operationId: both, security: [{User: [], Key: []}], responses: {'200': {description: d}}}
              /own:
                x-brr-cors: {origins: ['https://own.example'], exposeHeaders: [ETag], credentials: true, maxAge: 5}
                get: {responses: {'200': {description: d}}}
                put: {x-brr-cors: false, responses: {'200': {description: d}}}
                options: {responses: {'200': {description: d}}}
              /slow:
                x-brr-rate-limit: {requests: 2, seconds: 60}
                get: {security: [{Key: []}, {}], responses: {'200': {description: d}}}
                put: {x-brr-rate-limit: false, responses: {'200': {description: d}}}
                post: {security: [{Key: []}], responses: {'200': {description: d}}}
            components:
              securitySchemes:
                Key: {type: apiKey, in: header, name: X-Key}
                User: {type: http, scheme: basic}
            """;
    private static final String ANN = "Basic YW5uOnNlY3JldA==";
    private static final Credentials CREDENTIALS = new Credentials(
            new ApiKeys(Map.of("Key", List.of("k1", "k2"))),
            Map.of("User", BasicUsers.read("ann:secret").users()),
            Map.of());
    private static final CorsPolicy CORS = new CorsPolicy(Set.of("https://a.example"), Set.of(), List.of(), false, 600);

    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());
    private final List<List<Principal>> seen = new ArrayList<>();

    @AfterEach
    void close() {
        metrics.close();
    }

    private Dispatcher dispatcher(Policies policies, String... trusted) {
        return dispatcher(Documents.valid(DOCUMENT), policies, trusted);
    }

    private Dispatcher dispatcher(ServiceDocument document, Policies policies, String... trusted) {
        OperationHandler handler = request -> {
            seen.add(request.principals());
            return Response.empty(200);
        };
        List<Subnet> proxies = List.of(trusted).stream()
                .map(text -> Subnet.parse(text).orElseThrow())
                .toList();
        return Dispatcher.compile(
                document,
                new Dispatcher.Settings(
                        Map.of("keyed", handler, "either", handler, "both", handler),
                        new AccessSettings(CREDENTIALS, policies, proxies, 1024),
                        100,
                        false),
                metrics);
    }

    private static Policies cors(CorsPolicy policy) {
        return new Policies(Optional.of(policy), Optional.empty());
    }

    private static String header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Reply.Header::value)
                .reduce((a, b) -> a + " & " + b)
                .orElse("none");
    }

    private static FakeExchange preflight(String path, String origin, String method) {
        return FakeExchange.of("OPTIONS", path).with("Origin", origin).with("Access-Control-Request-Method", method);
    }

    private static String detail(Reply reply) {
        return JsonMapper.shared().readTree(reply.body()).path("detail").stringValue();
    }

    @Test
    void aHandlerLearnsWhoCalls() throws IOException {
        // given
        Dispatcher dispatcher = dispatcher(Policies.NONE);

        // when
        dispatcher.dispatch(FakeExchange.get("/keyed").with("X-Key", "k2"));
        dispatcher.dispatch(FakeExchange.get("/either").with("Authorization", ANN));
        dispatcher.dispatch(FakeExchange.get("/either"));
        dispatcher.dispatch(FakeExchange.get("/both").with("Authorization", ANN).with("X-Key", "k1"));

        // then
        assertThat(seen)
                .containsExactly(
                        List.of(Principal.of("Key", "key-2")),
                        List.of(Principal.of("User", "ann")),
                        List.of(),
                        List.of(Principal.of("User", "ann"), Principal.of("Key", "key-1")));
    }

    @ParameterizedTest
    @CsvSource({"GET, 401, ApiKey", "DELETE, 401, Basic"})
    void aRefusalNamesTheSchemeThatFailed(String method, int status, String challenge) throws IOException {
        // when
        Reply reply = dispatcher(Policies.NONE)
                .dispatch(FakeExchange.of(method, "/keyed"))
                .reply();

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(header(reply, "WWW-Authenticate")).startsWith(challenge + " realm=\"Test\"");
    }

    @Test
    void withoutAPolicyNothingIsSaidOfOrigins() throws IOException {
        // given
        ServiceDocument document = Documents.valid("paths: {/open: {get: {responses: {'200': {description: d}}}}}");
        Dispatcher dispatcher = dispatcher(document, Policies.NONE);

        // when
        Reply reply = dispatcher
                .dispatch(FakeExchange.get("/open").with("Origin", "https://a.example"))
                .reply();
        Reply preflight = dispatcher
                .dispatch(preflight("/open", "https://a.example", "GET"))
                .reply();

        // then
        assertThat(reply.headers()).isEmpty();
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo("none");
        assertThat(header(preflight, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @CsvSource({"/open, 200", "/keyed, 401", "/nowhere, 404", "/%zz, 400"})
    void everyAnswerMayBeReadByAPageThatMayCall(String path, int status) throws IOException {
        // when
        Reply reply = dispatcher(cors(CORS))
                .dispatch(FakeExchange.get(path).with("Origin", "https://a.example"))
                .reply();

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo("https://a.example");
        assertThat(header(reply, "Vary")).isEqualTo("Origin");
    }

    @Test
    void aPageThatMayNotCallIsNotToldAnything() throws IOException {
        // when
        Reply reply = dispatcher(cors(CORS))
                .dispatch(FakeExchange.get("/open").with("Origin", "https://evil.example"))
                .reply();

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo("none");
        assertThat(header(reply, "Vary")).isEqualTo("Origin");
    }

    @Test
    void aPreflightNeedsNoCredentials() throws IOException {
        // when
        Reply reply = dispatcher(cors(CORS))
                .dispatch(preflight("/keyed", "https://a.example", "GET")
                        .with("Access-Control-Request-Headers", "x-key, X-Tenant"))
                .reply();

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo("https://a.example");
        assertThat(header(reply, "Access-Control-Allow-Methods")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
        assertThat(header(reply, "Access-Control-Allow-Headers")).isEqualTo("x-key, x-tenant");
        assertThat(header(reply, "Access-Control-Max-Age")).isEqualTo("600");
        assertThat(header(reply, "Vary")).isEqualTo("Origin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/keyed | https://evil.example | GET | '' | Origin not allowed by CORS policy",
                "/keyed | https://a.example | PUT | '' | CORS preflight request denied: the path takes DELETE, GET, HEAD, OPTIONS",
                "/keyed | https://a.example | GET | x-other | CORS preflight request denied: the header x-other may not be sent from other origins",
                "/open | https://a.example | GET | x-key | CORS preflight request denied: the header x-key may not be sent from other origins",
            })
    void aPreflightIsRefusedForAReason(String path, String origin, String method, String headers, String detail)
            throws IOException {
        // when
        Reply reply = dispatcher(cors(CORS))
                .dispatch(preflight(path, origin, method).with("Access-Control-Request-Headers", headers))
                .reply();

        // then
        assertThat(reply.status()).isEqualTo(403);
        assertThat(JsonMapper.shared().readTree(reply.body()))
                .isEqualTo(JsonMapper.shared()
                        .valueToTree(Map.of(
                                "status",
                                403,
                                "type",
                                "https://brr.dev/problems/forbidden",
                                "title",
                                "Forbidden",
                                "detail",
                                detail,
                                "error",
                                detail,
                                "message",
                                detail)));
        assertThat(header(reply, "Access-Control-Allow-Methods")).isEqualTo("none");
    }

    @Test
    void anUnknownPathIsUnknownToAPreflightToo() throws IOException {
        // then
        assertThat(dispatcher(cors(CORS))
                        .dispatch(preflight("/nowhere", "https://a.example", "GET"))
                        .reply()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatAPathSaysGoesBeforeTheConfiguration() throws IOException {
        // given
        Dispatcher dispatcher = dispatcher(cors(CORS));

        // when
        Reply own = dispatcher
                .dispatch(FakeExchange.get("/own").with("Origin", "https://own.example"))
                .reply();
        Reply other = dispatcher
                .dispatch(FakeExchange.get("/own").with("Origin", "https://a.example"))
                .reply();
        Reply off = dispatcher
                .dispatch(FakeExchange.of("PUT", "/own").with("Origin", "https://own.example"))
                .reply();

        // then
        assertThat(header(own, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(own, "Access-Control-Expose-Headers")).isEqualTo("ETag");
        assertThat(header(other, "Access-Control-Allow-Origin")).isEqualTo("none");
        assertThat(header(off, "Access-Control-Allow-Origin")).isEqualTo("none");
    }

    @Test
    void whatIsConfiguredGoesBeforeTheDocumentAsAWhole() throws IOException {
        // given
        ServiceDocument document = Documents.valid("x-brr-cors: {origins: ['https://own.example']}\n"
                + "paths: {/open: {get: {responses: {'200': {description: d}}}}}");
        FakeExchange exchange = FakeExchange.get("/open").with("Origin", "https://own.example");

        // then
        assertThat(header(
                        dispatcher(document, Policies.NONE).dispatch(exchange).reply(), "Access-Control-Allow-Origin"))
                .isEqualTo("https://own.example");
        assertThat(header(dispatcher(document, cors(CORS)).dispatch(exchange).reply(), "Access-Control-Allow-Origin"))
                .isEqualTo("none");
    }

    @Test
    void anOptionsOperationIsCalledWhenItIsNoPreflight() throws IOException {
        // given
        Dispatcher dispatcher = dispatcher(Policies.NONE);

        // then
        assertThat(dispatcher
                        .dispatch(FakeExchange.of("OPTIONS", "/own").with("Origin", "https://own.example"))
                        .reply()
                        .status())
                .isEqualTo(200);
        assertThat(dispatcher
                        .dispatch(preflight("/own", "https://own.example", "GET"))
                        .reply()
                        .status())
                .isEqualTo(204);
        assertThat(dispatcher
                        .dispatch(preflight("/own", "https://own.example", "PUT"))
                        .reply()
                        .status())
                .isEqualTo(200);
    }

    private static List<Integer> statuses(Dispatcher dispatcher, int times, FakeExchange exchange) {
        return IntStream.range(0, times)
                .mapToObj(_ -> {
                    try {
                        return dispatcher.dispatch(exchange).reply().status();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    @Test
    void aClientIsRefusedWhenItHasSentTooMany() throws IOException {
        // given
        Dispatcher dispatcher = dispatcher(Policies.NONE);

        // when
        List<Integer> statuses = statuses(dispatcher, 2, FakeExchange.get("/slow"));
        Reply reply = dispatcher.dispatch(FakeExchange.get("/slow")).reply();

        // then
        assertThat(statuses).containsExactly(200, 200);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.contentType()).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(header(reply, "Retry-After"))).isBetween(29, 30);
        assertThat(detail(reply)).isEqualTo("A client may call this operation 2 times in 60 seconds");
        assertThat(metrics.scrape("").text()).contains("brr_rate_limited_total 1.0");
    }

    @Test
    void anotherAddressIsAnotherClient() {
        // given
        Dispatcher dispatcher = dispatcher(Policies.NONE);

        // then
        assertThat(statuses(dispatcher, 3, FakeExchange.get("/slow"))).containsExactly(200, 200, 429);
        assertThat(statuses(dispatcher, 3, FakeExchange.get("/slow").from("192.0.2.9")))
                .containsExactly(200, 200, 429);
    }

    @Test
    void whoHasShownWhoItIsHasABucketOfItsOwn() {
        // given
        Dispatcher dispatcher = dispatcher(Policies.NONE);

        // then
        assertThat(statuses(dispatcher, 3, FakeExchange.get("/slow"))).containsExactly(200, 200, 429);
        assertThat(statuses(dispatcher, 3, FakeExchange.get("/slow").with("X-Key", "k1")))
                .containsExactly(200, 200, 429);
        assertThat(statuses(
                        dispatcher,
                        1,
                        FakeExchange.get("/slow").with("X-Key", "k1").from("192.0.2.9")))
                .containsExactly(429);
        assertThat(statuses(dispatcher, 3, FakeExchange.get("/slow").with("X-Key", "k2")))
                .containsExactly(200, 200, 429);
    }

    @Test
    void guessingKeysIsBoundedToo() {
        // then
        assertThat(statuses(
                        dispatcher(Policies.NONE),
                        4,
                        FakeExchange.of("POST", "/slow").with("X-Key", "wrong")))
                .containsExactly(401, 401, 429, 429);
    }

    @Test
    void anOperationMayBeExempt() {
        // given
        Policies configured = new Policies(Optional.empty(), RateLimit.parse("1/60"));

        // then
        assertThat(statuses(dispatcher(configured), 5, FakeExchange.of("PUT", "/slow")))
                .containsOnly(200);
    }

    @Test
    void whatIsConfiguredHoldsForEachOperationByItself() {
        // given
        Dispatcher dispatcher = dispatcher(new Policies(Optional.empty(), RateLimit.parse("1/60")));

        // then
        assertThat(statuses(dispatcher, 2, FakeExchange.get("/open"))).containsExactly(200, 429);
        assertThat(statuses(dispatcher, 2, FakeExchange.get("/own"))).containsExactly(200, 429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.1", "198.51.100.2"})
    void aTrustedProxySaysWhoTheClientIs(String address) {
        // given
        Dispatcher dispatcher = dispatcher(Policies.NONE, "192.0.2.0/24");
        statuses(dispatcher, 3, FakeExchange.get("/slow").with("X-Forwarded-For", "198.51.100.1"));

        // then
        assertThat(statuses(dispatcher, 1, FakeExchange.get("/slow").with("X-Forwarded-For", address)))
                .containsExactly(address.endsWith("1") ? 429 : 200);
    }

    @Test
    void anotherMayNotSayWhoTheClientIs() {
        // given
        Dispatcher dispatcher = dispatcher(Policies.NONE);

        // then
        assertThat(IntStream.range(0, 3)
                        .mapToObj(i -> FakeExchange.get("/slow").with("X-Forwarded-For", "198.51.100." + i))
                        .flatMap(exchange -> statuses(dispatcher, 1, exchange).stream())
                        .toList())
                .containsExactly(200, 200, 429);
    }
}

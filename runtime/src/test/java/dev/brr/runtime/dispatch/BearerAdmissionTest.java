package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.Policies;
import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.security.ApiKeys;
import dev.brr.runtime.security.Credentials;
import dev.brr.runtime.security.TokenFault;
import dev.brr.runtime.security.TokenOutcome;
import dev.brr.runtime.security.TokenVerifier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each outcome of a token becomes on the wire, and for whom it counts. */
class BearerAdmissionTest {
    private static final String DOCUMENT = """
            paths:
              /pets:
                get: {operationId: read, security: [{Id: [pets.read]}], responses: {'200': {description: d}}}
                put: {security: [{Id: [pets.read, pets.write]}], responses: {'200': {description: d}}}
                post: {security: [{Id: []}, {Key: []}], responses: {'200': {description: d}}}
                delete: {security: [{Id: [], Key: []}], responses: {'200': {description: d}}}
              /few:
                x-brr-rate-limit: {requests: 1, seconds: 1000}
                get: {security: [{Id: [pets.read]}], responses: {'200': {description: d}}}
            components:
              securitySchemes:
                Id: {type: openIdConnect, openIdConnectUrl: 'https://id.example/'}
                Key: {type: apiKey, in: header, name: X-Key}
            """;

    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());
    private final List<Principal> seen = new ArrayList<>();

    /** Takes the text of a token for what it is: a name with scopes, a fault, or the nanoseconds to wait. */
    private record Spoken() implements TokenVerifier {
        @Override
        public String scheme() {
            return "Id";
        }

        @Override
        public TokenOutcome verify(String token) {
            String[] parts = token.split("~", -1);
            return switch (parts[0]) {
                case "fault" -> new TokenOutcome.Rejected(TokenFault.valueOf(parts[1]));
                case "wait" -> new TokenOutcome.Unverifiable(Duration.ofNanos(Long.parseLong(parts[1])));
                default ->
                    new TokenOutcome.Verified(new Principal(
                            "Id",
                            parts[0],
                            Set.of(List.of(parts).subList(1, parts.length).toArray(String[]::new)),
                            Map.of()));
            };
        }
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    private Dispatcher dispatcher() {
        return Dispatcher.compile(
                Documents.valid(DOCUMENT),
                new Dispatcher.Settings(
                        Map.of("read", request -> {
                            seen.addAll(request.principals());
                            return Response.empty(200);
                        }),
                        new AccessSettings(
                                new Credentials(
                                        new ApiKeys(Map.of("Key", List.of("k"))), Map.of(), Map.of("Id", new Spoken())),
                                Policies.NONE,
                                List.of(),
                                64),
                        100,
                        false),
                metrics);
    }

    private static Reply reply(Dispatcher dispatcher, FakeExchange exchange) {
        try {
            return dispatcher.dispatch(exchange).reply();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply reply(String method, String token) {
        return reply(dispatcher(), FakeExchange.of(method, "/pets").with("Authorization", "Bearer " + token));
    }

    private static List<String> header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Reply.Header::value)
                .toList();
    }

    private String failures() {
        return metrics.scrape("")
                .text()
                .lines()
                .filter(line -> line.startsWith("brr_auth_failures_total "))
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @EnumSource(TokenFault.class)
    void aTokenThatIsNotGoodIsRefusedInWords(TokenFault fault) {
        // when
        Reply reply = reply("GET", "fault~" + fault.name());

        // then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(header(reply, "WWW-Authenticate"))
                .containsExactly("Bearer realm=\"Test\", error=\"invalid_token\", error_description=\""
                        + fault.description() + "\"");
        assertThat(failures()).endsWith(" 1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ann~pets.read, 200, ''",
        "GET, ann~pets.read~more, 200, ''",
        "GET, ann~pets.write, 403, pets.read",
        "GET, ann, 403, pets.read",
        "PUT, ann~pets.write~pets.read, 200, ''",
        "PUT, ann~pets.read, 403, pets.read pets.write",
        "POST, ann, 200, ''",
    })
    void aTokenNeedsEveryScope(String method, String token, int status, String scope) {
        // when
        Reply reply = reply(method, token);

        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(header(reply, "WWW-Authenticate"))
                .isEqualTo(
                        status == 200
                                ? List.of()
                                : List.of("Bearer realm=\"Test\", error=\"insufficient_scope\", scope=\"" + scope
                                        + "\""));
        assertThat(failures()).endsWith(status == 200 ? " 0.0" : " 1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "999999999, 1",
        "1000000000, 1",
        "1000000001, 2",
        "9500000000, 10",
        "10000000000, 10",
    })
    void whileKeysAreOutOfReachItSaysWhenToAskAgain(long nanos, String seconds) {
        // when
        Reply reply = reply("GET", "wait~" + nanos);

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(header(reply, "Retry-After")).containsExactly(seconds);
        assertThat(header(reply, "WWW-Authenticate")).isEmpty();
        assertThat(failures()).endsWith(" 0.0");
    }

    @Test
    void aKeyOpensWhereTheTokenCannotBeTold() {
        // given
        FakeExchange exchange = FakeExchange.of("POST", "/pets").with("Authorization", "Bearer wait~1");

        // then
        assertThat(reply(dispatcher(), exchange).status()).isEqualTo(503);
        assertThat(reply(dispatcher(), exchange.with("X-Key", "k")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"ann, k, 200", "ann, x, 401", "wait~1, k, 503", "wait~1, x, 401", "fault~EXPIRED, k, 401"})
    void whereBothAreAskedForBothHaveToBeGood(String token, String key, int status) {
        // given
        FakeExchange exchange = FakeExchange.of("DELETE", "/pets")
                .with("Authorization", "Bearer " + token)
                .with("X-Key", key);

        // then
        assertThat(reply(dispatcher(), exchange).status()).isEqualTo(status);
    }

    @Test
    void withoutAnyCredentialsEachAlternativeIsNamed() {
        // when
        Reply reply = reply(dispatcher(), FakeExchange.of("POST", "/pets"));

        // then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(header(reply, "WWW-Authenticate"))
                .containsExactly("Bearer realm=\"Test\"", "ApiKey realm=\"Test\", in=\"header\", name=\"X-Key\"");
    }

    @Test
    void twoAuthorizationHeadersAreNone() {
        // when
        Reply reply = reply(
                dispatcher(),
                FakeExchange.get("/pets")
                        .with("Authorization", "Bearer ann~pets.read")
                        .with("Authorization", "Bearer bob~pets.read"));

        // then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(seen).isEmpty();
    }

    @Test
    void theHandlerLearnsTheNameAndScopes() {
        // when
        reply("GET", "ann~pets.read~more");

        // then
        assertThat(seen).containsExactly(new Principal("Id", "ann", Set.of("pets.read", "more"), Map.of()));
    }

    private static FakeExchange few(String token, String address) {
        return FakeExchange.get("/few").with("Authorization", "Bearer " + token).from(address);
    }

    @Test
    void whoeverATokenNamesHasOneBucketEverywhere() {
        // given
        Dispatcher dispatcher = dispatcher();

        // then
        assertThat(reply(dispatcher, few("ann~pets.read", "192.0.2.1")).status())
                .isEqualTo(200);
        assertThat(reply(dispatcher, few("ann~pets.read~more", "192.0.2.2")).status())
                .isEqualTo(429);
        assertThat(reply(dispatcher, few("bob~pets.read", "192.0.2.1")).status())
                .isEqualTo(200);
    }

    @Test
    void aTokenThatNamesNobodyCountsForItsAddress() {
        // given
        Dispatcher dispatcher = dispatcher();

        // then
        assertThat(reply(dispatcher, few("~pets.read", "192.0.2.1")).status()).isEqualTo(200);
        assertThat(reply(dispatcher, few("~pets.read", "192.0.2.1")).status()).isEqualTo(429);
        assertThat(reply(dispatcher, few("~pets.read", "192.0.2.2")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault~SIGNATURE", "ann", "wait~1"})
    void whateverIsRefusedCountsForItsAddress(String token) {
        // given
        Dispatcher dispatcher = dispatcher();
        int first = reply(dispatcher, few(token, "2001:db8:0:1::1")).status();

        // then
        assertThat(first).isNotEqualTo(429);
        assertThat(reply(dispatcher, few(token, "2001:db8:0:1::2")).status()).isEqualTo(429);
        assertThat(reply(dispatcher, few(token, "2001:db8:0:2::1")).status()).isEqualTo(first);
    }
}

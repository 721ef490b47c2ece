package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import dev.brr.runtime.config.ApiKeySettings;
import dev.brr.runtime.config.BasicUserSettings;
import dev.brr.runtime.config.CallerSettings;
import dev.brr.runtime.config.CredentialSettings;
import dev.brr.runtime.config.JwtSettings;
import dev.brr.runtime.config.SecuritySettings;
import dev.brr.runtime.cors.CorsPolicy;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.ratelimit.RateLimit;
import dev.brr.runtime.security.BasicUsers;
import dev.brr.runtime.security.JwtPolicy;
import dev.brr.runtime.security.KeyOrigin;
import dev.brr.runtime.security.TestTokens;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials over the wire, with the keys of a real server. */
class SecurityOverHttpTest {
    private static final String MEMBERS = """
            paths:
              /bearer:
                get: {operationId: bearer, security: [{Bearer: []}], responses: {'200': {description: d, content: {application/json: {}}}}}
              /read:
                get: {security: [{OAuth: [read]}], responses: {'200': {description: d, content: {application/json: {}}}}}
                put: {security: [{OAuth: [read, write]}], responses: {'200': {description: d, content: {application/json: {}}}}}
              /connect:
                get: {security: [{Connect: [openid]}], responses: {'200': {description: d, content: {application/json: {}}}}}
              /basic:
                get: {security: [{User: []}], responses: {'200': {description: d, content: {application/json: {}}}}}
              /either:
                get: {security: [{OAuth: [admin]}, {User: []}], responses: {'200': {description: d, content: {application/json: {}}}}}
              /both:
                get: {security: [{Bearer: [], Key: []}], responses: {'200': {description: d, content: {application/json: {}}}}}
              /public:
                get: {security: [], responses: {'200': {description: d, content: {application/json: {}}}}}
            security: [{Key: []}]
            components:
              securitySchemes:
                Bearer: {type: http, scheme: bearer, bearerFormat: JWT}
                OAuth: {type: oauth2, flows: {}}
                Connect: {type: openIdConnect, openIdConnectUrl: 'CONNECT'}
                User: {type: http, scheme: basic}
                Key: {type: apiKey, in: header, name: X-Key}
            """;

    @TempDir
    private Path folder;

    private KeyServer issuer;
    private TestService service;

    @BeforeEach
    void start() throws IOException, StartupException {
        issuer = KeyServer.start(TestTokens.set(TestTokens.FIRST), TestTokens.ISSUER);
        service = start(UnaryOperator.identity());
    }

    @AfterEach
    void stop() {
        service.close();
        issuer.close();
    }

    private JwtSettings tokens(Optional<KeyOrigin> keys) {
        return new JwtSettings(
                "--jwt",
                JwtPolicy.of(TestTokens.ISSUER, List.of(TestTokens.AUDIENCE), List.of("RS256"), Duration.ofSeconds(30)),
                keys,
                Duration.ofMinutes(5));
    }

    private SecuritySettings settings() {
        Optional<KeyOrigin> keys = KeyOrigin.parse(issuer.url("/keys"));
        return SecuritySettings.DEFAULTS
                .withApiKeys(ApiKeySettings.ofOne("k"))
                .withBasicUsers(Map.of(
                        "User",
                        new BasicUserSettings(
                                "--basic", BasicUsers.read("ann:secret").users())))
                .withJwt(Map.of("Bearer", tokens(keys), "OAuth", tokens(keys), "Connect", tokens(Optional.empty())));
    }

    private TestService start(UnaryOperator<SecuritySettings> change) throws IOException, StartupException {
        return start(MEMBERS, change);
    }

    private TestService start(String members, UnaryOperator<SecuritySettings> change)
            throws IOException, StartupException {
        return TestService.start(
                members.replace("CONNECT", issuer.url("/.well-known/openid-configuration")),
                Map.of(
                        "bearer",
                        request -> Response.ok(request.principal().orElseThrow().name() + " "
                                + request.principals().getFirst().claims().get("team"))),
                config -> config.withSecurity(_ -> change.apply(settings())));
    }

    private HttpResponse<String> call(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = service.request(target);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return service.send(request);
    }

    private HttpResponse<String> withToken(String target, String token) throws IOException, InterruptedException {
        return call(target, "Authorization", "Bearer " + token);
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElse("none");
    }

    @Test
    void aGoodTokenIsLetInAndItsClaimsReachTheHandler() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response =
                withToken("/bearer", TestTokens.good().with("team", "cats").text());

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("ann cats");
    }

    @Test
    void keysAreFetchedOnceForManyRequests() throws IOException, InterruptedException {
        // when
        for (int i = 0; i < 20; i++) {
            assertThat(withToken("/bearer", TestTokens.good().with("n", i).text())
                            .statusCode())
                    .isEqualTo(200);
        }

        // then
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void eachFaultIsSaidInTheChallenge() throws IOException, InterruptedException {
        // given
        Instant now = Instant.now();
        Map<String, String> faults = Map.of(
                "x",
                "not a signed JWT",
                TestTokens.good().expires(now.minusSeconds(60)).text(),
                "has expired",
                TestTokens.good().notBefore(now.plusSeconds(600)).text(),
                "not meant for this service, or not yet",
                TestTokens.good().with("iss", "https://evil.example/").text(),
                "not meant for this service",
                TestTokens.good().with("aud", "cats").text(),
                "not meant for this service",
                TestTokens.good().algorithm(JWSAlgorithm.RS512).text(),
                "not signed by an algorithm and a key",
                TestTokens.good().algorithm(JWSAlgorithm.HS256).text(),
                "not signed by an algorithm and a key",
                TestTokens.good().signedBy(TestTokens.SECOND).text(),
                "not signed by an algorithm and a key",
                TestTokens.good().signedBy(TestTokens.SECOND).keyId("first").text(),
                "wrong signature");

        for (Map.Entry<String, String> fault : faults.entrySet()) {
            // when
            HttpResponse<String> response = withToken("/bearer", fault.getKey());

            // then
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(challenge(response))
                    .startsWith("Bearer realm=\"Test\", error=\"invalid_token\", error_description=\"")
                    .contains(fault.getValue());
            assertThat(response.body()).contains("\"detail\":\"Missing or invalid credentials\"");
        }
    }

    @Test
    void clocksMayBeThirtySecondsApart() throws IOException, InterruptedException {
        // given
        Instant now = Instant.now();

        // then
        assertThat(withToken(
                                "/bearer",
                                TestTokens.good().expires(now.minusSeconds(10)).text())
                        .statusCode())
                .isEqualTo(200);
        assertThat(withToken(
                                "/bearer",
                                TestTokens.good().notBefore(now.plusSeconds(20)).text())
                        .statusCode())
                .isEqualTo(200);
        assertThat(withToken(
                                "/bearer",
                                TestTokens.good().expires(now.minusSeconds(40)).text())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void noTokenIsAskedForWithoutAnError() throws IOException, InterruptedException {
        // then
        assertThat(challenge(call("/bearer"))).isEqualTo("Bearer realm=\"Test\"");
    }

    @ParameterizedTest
    @CsvSource({"GET, read, 200", "GET, write, 403", "PUT, read, 403", "PUT, read write, 200", "GET, '', 403"})
    void aGoodTokenWithoutTheScopeIsForbidden(String method, String scope, int status)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.send(service.request("/read")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(
                        "Authorization",
                        "Bearer " + TestTokens.good().scope(scope).text()));

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 403) {
            assertThat(challenge(response))
                    .isEqualTo("Bearer realm=\"Test\", error=\"insufficient_scope\", scope=\""
                            + (method.equals("GET") ? "read" : "read write") + "\"");
        }
    }

    @Test
    void aProviderNamesItsKeysItself() throws IOException, InterruptedException {
        // then
        assertThat(withToken("/connect", TestTokens.good().scope("openid").text())
                        .statusCode())
                .isEqualTo(200);
        assertThat(withToken("/connect", TestTokens.good().text()).statusCode()).isEqualTo(403);
    }

    @Test
    void keysOfAnotherIssuerAreNotTaken() throws IOException, StartupException, InterruptedException {
        // given
        service.close();
        issuer.close();
        issuer = KeyServer.start(TestTokens.set(TestTokens.FIRST), "https://evil.example/");
        service = start(UnaryOperator.identity());

        // then
        assertThat(withToken("/connect", TestTokens.good().scope("openid").text())
                        .statusCode())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "YW5uOnNlY3JldA==, 200",
        "YW5uOndyb25n, 401",
        "Ym9iOnNlY3JldA==, 401",
        "YW5u, 401",
        "%, 401",
    })
    void userAndPasswordOpenABasicScheme(String pair, int status) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = call("/basic", "Authorization", "Basic " + pair);

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(challenge(response)).isEqualTo(status == 200 ? "none" : "Basic realm=\"Test\", charset=\"UTF-8\"");
    }

    @Test
    void anyAlternativeOpensAndAllOfOne() throws IOException, InterruptedException {
        // given
        String token = TestTokens.good().text();

        // then
        assertThat(call("/either", "Authorization", "Basic YW5uOnNlY3JldA==").statusCode())
                .isEqualTo(200);
        assertThat(withToken("/either", TestTokens.good().scope("admin").text()).statusCode())
                .isEqualTo(200);
        assertThat(withToken("/either", token).statusCode()).isEqualTo(403);
        assertThat(call("/either").statusCode()).isEqualTo(401);
        assertThat(withToken("/both", token).statusCode()).isEqualTo(401);
        assertThat(call("/both", "X-Key", "k").statusCode()).isEqualTo(401);
        assertThat(call("/both", "X-Key", "k", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("/public").statusCode()).isEqualTo(200);
    }

    @Test
    void bothChallengesOfTwoAlternativesAreSent() throws IOException, InterruptedException {
        // then
        assertThat(call("/either").headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"Test\"", "Basic realm=\"Test\", charset=\"UTF-8\"");
    }

    @Test
    void keysRotate() throws IOException, StartupException, InterruptedException {
        // given
        service.close();
        JwtSettings shortLived = new JwtSettings(
                "--jwt",
                tokens(Optional.empty()).policy(),
                KeyOrigin.parse(issuer.url("/keys")),
                Duration.ofMillis(200));
        service = start(settings -> settings.withJwt(Map.of("Bearer", shortLived)));
        String old = TestTokens.good().text();
        String young = TestTokens.good().signedBy(TestTokens.SECOND).text();
        await().untilAsserted(
                        () -> assertThat(withToken("/bearer", old).statusCode()).isEqualTo(200));

        // when
        issuer.has(TestTokens.set(TestTokens.FIRST, TestTokens.SECOND));
        await().untilAsserted(() ->
                assertThat(withToken("/bearer", young).statusCode()).isEqualTo(200));
        int whileBothHold = withToken("/bearer", old).statusCode();
        issuer.has(TestTokens.set(TestTokens.SECOND));

        // then
        assertThat(whileBothHold).isEqualTo(200);
        await().untilAsserted(
                        () -> assertThat(withToken("/bearer", old).statusCode()).isEqualTo(401));
        await().untilAsserted(() ->
                assertThat(withToken("/bearer", young).statusCode()).isEqualTo(200));
    }

    @Test
    void keysOutOfReachAreNoFaultOfTheCaller() throws IOException, InterruptedException {
        // given
        issuer.answers(500);

        // when
        HttpResponse<String> response = withToken("/bearer", TestTokens.good().text());

        // then
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 10);
        assertThat(call("/bearer").statusCode()).isEqualTo(401);
        assertThat(call("/public").statusCode()).isEqualTo(200);
    }

    @Test
    void keysThatAreNoKeysAreOutOfReach() throws IOException, InterruptedException {
        // given
        issuer.has("{\"keys\": []}");

        // then
        assertThat(withToken("/bearer", TestTokens.good().text()).statusCode()).isEqualTo(503);
    }

    @Test
    void keysInAFileAreReadAtTheStart() throws IOException, StartupException, InterruptedException {
        // given
        Path file = Files.writeString(folder.resolve("keys.json"), TestTokens.set(TestTokens.SECOND));
        service.close();
        service = start(settings -> settings.withJwt(Map.of("Bearer", tokens(KeyOrigin.parse(file.toString())))));

        // then
        assertThat(withToken(
                                "/bearer",
                                TestTokens.good().signedBy(TestTokens.SECOND).text())
                        .statusCode())
                .isEqualTo(200);
        assertThat(withToken("/bearer", TestTokens.good().text()).statusCode()).isEqualTo(401);
        assertThat(withToken("/read", TestTokens.good().text()).statusCode()).isEqualTo(401);
    }

    @Test
    void whatDoesNotFitTheDocumentIsNamedBeforeItServes() throws IOException {
        // given
        Path none = folder.resolve("none.json");
        Path secret = Files.writeString(
                folder.resolve("secret.json"), "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}]}");

        // then
        assertThatThrownBy(() -> start(settings -> settings.withBasicUsers(Map.of(
                                "Bearer",
                                new BasicUserSettings(
                                        "--basic", BasicUsers.read("a:b").users())))
                        .withJwt(Map.of(
                                "User", tokens(Optional.empty()),
                                "OAuth", tokens(Optional.empty()),
                                "Bearer", tokens(KeyOrigin.parse(none.toString())),
                                "Connect", tokens(KeyOrigin.parse(secret.toString()))))))
                .isInstanceOfSatisfying(
                        StartupException.class,
                        e -> assertThat(e.reasons())
                                .containsExactlyInAnyOrder(
                                        "--basic: names none of the HTTP basic schemes of the document, [User]",
                                        "--jwt: names none of the bearer, oauth2 and openIdConnect schemes of the document,"
                                                + " [Bearer, Connect, OAuth]",
                                        "--jwt: the tokens of OAuth need keys; set BRR_JWT_JWKS__OAuth to a URL or a file",
                                        "--jwt: the keys of Bearer cannot be read from " + none
                                                + ": NoSuchFileException, " + none,
                                        "--jwt: the keys of Connect cannot be read from " + secret
                                                + ": IOException, it has no public key"));
    }

    @Test
    void theDocumentTellsWhatACredentialIs() throws IOException, StartupException, InterruptedException {
        // given
        service.close();
        service = start(settings -> SecuritySettings.DEFAULTS
                .withCredentials(Map.of(
                        "Key", new CredentialSettings("BRR_CREDENTIAL__Key", "k9\n"),
                        "User", new CredentialSettings("BRR_CREDENTIAL__User", "ann:secret\nbob:x\n")))
                .withJwt(settings.jwt()));

        // then
        assertThat(call(
                                "/both",
                                "X-Key",
                                "k9",
                                "Authorization",
                                "Bearer " + TestTokens.good().text())
                        .statusCode())
                .isEqualTo(200);
        assertThat(call(
                                "/both",
                                "X-Key",
                                "k",
                                "Authorization",
                                "Bearer " + TestTokens.good().text())
                        .statusCode())
                .isEqualTo(401);
        assertThat(call("/basic", "Authorization", "Basic YW5uOnNlY3JldA==").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCredentialThatDoesNotFitIsNamedBeforeItServes() {
        // then
        assertThatThrownBy(() -> start(settings -> settings.withApiKeys(new ApiKeySettings(
                                List.of(), Map.of("Key", new ApiKeySettings.SchemeKeys("--api-key", List.of("k")))))
                        .withCredentials(Map.of(
                                "Key", new CredentialSettings("key", "k9"),
                                "User", new CredentialSettings("user", "hidden"),
                                "OAuth", new CredentialSettings("oauth", "k9"),
                                "None", new CredentialSettings("none", "k9")))))
                .isInstanceOfSatisfying(
                        StartupException.class,
                        e -> assertThat(e.reasons())
                                .containsExactlyInAnyOrder(
                                        "key: gives a credential to Key, which has one by --api-key",
                                        "user: gives a credential to User, which has one by --basic",
                                        "user: line 1 is not of the form user:password",
                                        "oauth: names none of the apiKey and HTTP basic schemes of the document, [Key, User]",
                                        "none: names none of the apiKey and HTTP basic schemes of the document, [Key, User]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{Mutual: []} | the security scheme Mutual is mutualTLS, which GET /a asks for: client certificates are",
                "{Key: [admin]} | the security requirement of GET /a asks for [admin] of Key, whose credentials carry no",
            })
    void whatCannotBeCheckedRefusesToStart(String requirement, String reason) {
        // given
        String members = """
                paths: {/a: {get: {security: [%s], responses: {'200': {description: d}}}}}
                components:
                  securitySchemes:
                    Mutual: {type: mutualTLS}
                    Key: {type: apiKey, in: header, name: X-Key}
                """.formatted(requirement);

        // then
        assertThatThrownBy(() -> start(members, _ -> SecuritySettings.DEFAULTS))
                .isInstanceOfSatisfying(
                        StartupException.class,
                        e -> assertThat(e.reasons()).hasSize(1).allMatch(line -> line.startsWith(reason)));
    }

    @Test
    void aPreflightGoesBeforeCredentialsAndALimitAfterThem()
            throws IOException, StartupException, InterruptedException {
        // given
        service.close();
        service = start(settings -> settings.withCallers(new CallerSettings(
                Optional.of(new CorsPolicy(Set.of("https://a.example"), Set.of(), List.of(), false, 600)),
                RateLimit.parse("1/60"),
                1024,
                List.of())));
        String token = TestTokens.good().text();

        // when
        HttpResponse<String> preflight = service.send(service.request("/bearer")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://a.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization"));
        HttpResponse<String> first = call("/bearer", "Origin", "https://a.example", "Authorization", "Bearer " + token);
        HttpResponse<String> second =
                call("/bearer", "Origin", "https://a.example", "Authorization", "Bearer " + token);

        // then
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("authorization");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        assertThat(second.headers().firstValue("Access-Control-Allow-Origin")).contains("https://a.example");
    }
}

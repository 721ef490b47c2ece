package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for people. */
class DocsTest {
    private static final String MEMBERS = "paths: {/a: {get: {responses: {'200': {description: d}}}}}";
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start(MEMBERS, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everythingThatThePageLoadsIsServedHere() throws IOException, InterruptedException {
        // given
        String page = service.get("/docs").body();

        // when
        var loaded = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        // then
        assertThat(loaded).hasSize(4).noneMatch(link -> link.contains("//"));
        for (String link : loaded) {
            HttpResponse<String> answer = service.get("/" + link);
            assertThat(answer.statusCode()).as(link).isEqualTo(200);
            assertThat(answer.body()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/docs | text/html; charset=utf-8",
                "/docs/start.js | text/javascript; charset=utf-8",
                "/docs/swagger-ui-bundle.js | text/javascript; charset=utf-8",
                "/docs/oauth2-redirect.html | text/html; charset=utf-8",
                "/docs/oauth2-redirect.js | text/javascript; charset=utf-8",
                "/docs/swagger-ui.css | text/css; charset=utf-8",
                "/docs/favicon-32x32.png | image/png",
                "/openapi.yaml | application/yaml; charset=utf-8",
                "/openapi.json | application/json",
            })
    void eachPageHasItsType(String target, String type) throws IOException, InterruptedException {
        // then
        assertThat(service.get(target).headers().firstValue("content-type")).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/start.js", "/docs/swagger-ui-bundle.js"})
    void aBrowserMayLoadNothingFromElsewhere(String target) throws IOException, InterruptedException {
        // then
        assertThat(service.get(target).headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self';"));
    }

    @Test
    void thePageShowsTheDocumentThatIsServed() throws IOException, InterruptedException {
        // then
        assertThat(service.get("/docs/start.js").body()).contains("url: \"openapi.json\"");
        assertThat(service.get("/openapi.json").body()).contains("\"/a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/other.js", "/docs/", "/docs/../pom.xml", "/docs/index.html"})
    void nothingElseOfTheLibraryIsServed(String target) throws IOException, InterruptedException {
        // then
        assertThat(service.get(target).statusCode()).isEqualTo(404);
    }

    @Test
    void withAManagementPortThePagesAreThere() throws IOException, StartupException, InterruptedException {
        // given
        try (TestService two =
                TestService.start(MEMBERS, Map.of(), config -> TestService.withManagementPort(config, 0))) {
            // then
            assertThat(two.get("/docs").statusCode()).isEqualTo(404);
            assertThat(two.management("/docs").statusCode()).isEqualTo(200);
            assertThat(two.management("/openapi.json").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thePageMayCallTheServersOfTheDocument() throws IOException, StartupException, InterruptedException {
        // given
        String members = """
                servers: [{url: "https://{stage}.example.com/v1", variables: {stage: {default: api, enum: [api, test]}}}, {url: /v2}]
                paths:
                  /a:
                    servers: [{url: "https://path.example.com"}]
                    get: {servers: [{url: "http://localhost:8080/x"}], responses: {'200': {description: d}}}
                  /b: {$ref: '#/components/pathItems/B'}
                components:
                  pathItems: {B: {servers: [{url: "//b.example.com"}], get: {responses: {'200': {description: d}}}}}
                """;

        // when
        try (TestService other = TestService.start(members, Map.of())) {
            HttpResponse<String> page = other.get("/docs");

            // then
            assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                    .endsWith("; connect-src 'self' https://api.example.com https://test.example.com"
                            + " https://path.example.com http://localhost:8080 b.example.com");
        }
    }

    @Test
    void thePageMayGetTokensWhereTheSecuritySchemesSayThatTheyAre()
            throws IOException, StartupException, InterruptedException {
        // given
        String members = """
                servers: [{url: https://api.example.com}]
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components:
                  securitySchemes:
                    Oidc: {type: openIdConnect, openIdConnectUrl: 'https://id.example.com/.well-known/openid-configuration'}
                    Flows:
                      type: oauth2
                      flows:
                        clientCredentials: {tokenUrl: 'https://token.example.com:8443/t?x=1', scopes: {}}
                        authorizationCode:
                          authorizationUrl: https://login.example.com/a
                          tokenUrl: http://localhost:9000/t
                          refreshUrl: https://refresh.example.com
                          scopes: {}
                """;

        // when
        try (TestService other = TestService.start(members, Map.of())) {
            // then
            assertThat(policy(other))
                    .endsWith("; connect-src 'self' https://id.example.com https://token.example.com:8443"
                            + " https://login.example.com http://localhost:9000 https://refresh.example.com"
                            + " https://api.example.com");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example;script-src *",
                "https://a.example *",
                "https://*.example/t",
                "https://a.example\\r\\nX: 1/t",
                "https://user@a.example/t",
                "javascript:alert(1)",
                "data:text/html,x",
                "ws://a.example/t",
                "//a.example/t",
                "http:/a.example",
                "httpx://a.example/t",
                "/t",
            })
    void whatIsNoOriginOfTheWebOpensNothing(String url) throws IOException, StartupException, InterruptedException {
        // given
        String members = """
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components: {securitySchemes: {O: {type: oauth2, flows: {password: {tokenUrl: "%s", scopes: {}}}}}}
                """.formatted(url);

        // when
        try (TestService other = TestService.start(members, Map.of())) {
            // then
            assertThat(policy(other)).endsWith("; connect-src 'self'");
        }
    }

    @Test
    void whoLogsInComesBackToAPageOfTheService() throws IOException, InterruptedException {
        // then
        assertThat(service.get("/docs/start.js").body()).contains("docs/oauth2-redirect.html");
        assertThat(service.get("/docs/oauth2-redirect.html").body()).contains("src=\"oauth2-redirect.js\"");
    }

    private static String policy(TestService of) throws IOException, InterruptedException {
        return of.get("/docs").headers().firstValue("content-security-policy").orElseThrow();
    }

    @Test
    void withoutOtherServersThePageMayCallItsOwnOriginAlone() throws IOException, InterruptedException {
        // then
        assertThat(service.get("/docs")
                        .headers()
                        .firstValue("content-security-policy")
                        .orElseThrow())
                .endsWith("; connect-src 'self'");
    }
}

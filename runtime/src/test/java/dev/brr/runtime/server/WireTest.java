package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no HTTP client would send. */
class WireTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start("""
                paths:
                  /a:
                    get:
                      parameters: [{name: f, in: query, style: deepObject, explode: true, schema: {type: object}}]
                      responses: {'200': {description: d, content: {application/json: {example: a}}}}
                  /body:
                    post:
                      operationId: body
                      requestBody: {required: true, content: {text/plain: {}}}
                      responses: {'200': {description: d, content: {text/plain: {}}}}
                """, Map.of("body", request -> Response.ok(request.bodyBytes().length + " bytes")));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String send(String bytes) throws IOException {
        return service.wire(bytes);
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "/a, 200",
        "/a?f[x]=1|2, 200",
        "/a?f=%zz, 200",
        "/a?f[x]=%zz, 400",
        "/a/, 200",
        "//a, 200",
        "/%61, 200",
        "/%zz, 400",
        "/b, 404",
        "/a/../b, 404",
        "/.., 404"
    })
    void aTargetIsTakenAsItComes(String target, int status) throws IOException {
        // then
        assertThat(send(get(target))).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 30_000, 40_000})
    void aTargetThatIsTooLongIs414(int length) throws IOException {
        // when
        String answer = send(get("/" + "x".repeat(length)));

        // then
        assertThat(answer).startsWith("HTTP/1.1 414 ").contains("https://brr.dev/problems/uri-too-long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET /a\r\n\r\n",
                "GET /a HTTP/9.9\r\n\r\n",
                "GET /a HTTP/1.1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            })
    void whatIsNoRequestIsAProblem(String bytes) throws IOException {
        // when
        String answer = send(bytes);

        // then
        assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("content-type: application/problem+json");
    }

    @Test
    void whatIsNoRequestIsNotRepeatedBack() throws IOException {
        // then
        assertThat(send("GET /<script>alert(1)</script> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .doesNotContain("script");
    }

    @Test
    void headersWithoutEndAreRefused() throws IOException {
        // given
        String headers = "X-Header: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n".repeat(1000);

        // when
        String answer = send("GET /a HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");

        // then
        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*");
    }

    @Test
    void manySmallHeadersAreFine() throws IOException {
        // given
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            headers.append("X-").append(i).append(": 1\r\n");
        }

        // then
        assertThat(send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void chunksAreRead() throws IOException {
        // when
        String answer = send("POST /body HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

        // then
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("5 bytes");
    }

    @Test
    void twoRequestsInOnePacketGetTwoAnswers() throws IOException {
        // when
        String answer = send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n" + get("/b"));

        // then
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 404 ");
    }

    @Test
    void aSmallBodyThatNobodyReadsDoesNotSpoilTheNextRequest() throws IOException {
        // when
        String answer = send("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + get("/a"));

        // then
        assertThat(answer).startsWith("HTTP/1.1 404 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void aLargeBodyThatNobodyReadsIsNotTakenForTheNextRequest() throws IOException {
        // given: a body whose end looks like a request
        String body = "x".repeat(100_000) + get("/a");
        String request = "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n";

        // when
        String answer = send(request + body);

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 404 ")
                .containsIgnoringCase("connection: close")
                .doesNotContain("HTTP/1.1 200");
    }

    @Test
    void aClientThatWaitsToSendItsBodyGetsItsRefusalAtOnce() throws IOException {
        // when
        String answer = send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n");

        // then
        assertThat(answer).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
    }

    @Test
    void aClientThatWaitsToSendItsBodyIsToldToGoOn() throws IOException {
        // when
        String answer = send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\nhello");

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 100 Continue")
                .contains("HTTP/1.1 200 ")
                .endsWith("5 bytes");
    }

    @Test
    void aMethodThatClientsInventIsNotAllowed() throws IOException {
        // when
        String answer = send("BREW /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        // then
        assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/a?x=1, 200",
        "HTTP://example.com:8080/a, 200",
        "https://example.com/a, 200",
        "http://example.com, 404",
        "http://example.com?x=/a, 404",
        "http://example.com/b, 404",
    })
    void aTargetMayBeAWholeUrl(String target, int status) throws IOException {
        // then
        assertThat(send(get(target))).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/", "ftp://example.com/a", "example.com/a", "x:443", "*", "http:/a", "?x=/a", "./a"})
    void aTargetThatIsNeitherAPathNorAUrlOfHttpIsRefused(String target) throws IOException {
        // then: who guards paths before the service would not know it for one
        assertThat(send(get(target))).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT x:443, 400",
        "CONNECT /a, 405",
        "TRACE /a, 405",
        "OPTIONS *, 204",
        "TRACE *, 400",
        "PRI *, 400",
    })
    void aTargetOfAnotherFormIsForItsMethodAlone(String request, int status) throws IOException {
        // then
        assertThat(send(request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ")
                .containsOnlyOnce("HTTP/1.1 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "h2c"})
    void anUpgradeIsNotTakenUp(String protocol) throws IOException {
        // then: a server may ignore it (RFC 9110, section 7.8)
        assertThat(send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: "
                        + protocol
                        + "\r\nHTTP2-Settings: AAMAAABk\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nGET /a HTTP/1.1\r\nHost: x\r\n",
                "\r\nGET /a HTTP/1.0\r\n",
                "\r\nGET /a HTTP/1.1\r\nHost:x\r\n"
            })
    void anEmptyLineBeforeARequestIsPassedOver(String head) throws IOException {
        // then
        assertThat(send(head + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .containsOnlyOnce("HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anEmptyLineMayComeInPieces(int size) throws IOException {
        // when
        try (RawClient client = service.raw()) {
            String answer = client.sendInPieces("\r\n" + get("/a"), size).readToEnd();

            // then
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void anEmptyLineBehindABodyIsPassedOver() throws IOException {
        // when: as browsers of old did, whatever the length says
        String post =
                "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello\r\n";
        String answer = send(post + post + get("/a"));

        // then
        assertThat(answer.split("5 bytes", -1)).hasSize(3);
        assertThat(answer).endsWith("\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n", "\r\n\r\n\r\n", "\n", "\r", " \r\n", "\r\n ", "\r\n\n", "\u0000\r\n"})
    void moreThanOneEmptyLineIsNoRequest(String before) throws IOException {
        // then
        assertThat(send(before + get("/a"))).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
    }
}

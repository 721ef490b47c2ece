package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Event;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that speak HTTP/1.0: proxies, their health checks, and tools. */
class Http10Test {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start(
                """
                paths:
                  /a:
                    get:
                      responses: {'200': {description: d, content: {application/json: {example: a}}}}
                  /nothing:
                    get:
                      operationId: nothing
                      responses: {'204': {description: d}}
                  /body:
                    post:
                      operationId: body
                      requestBody: {required: true, content: {text/plain: {}, application/octet-stream: {}}}
                      responses: {'200': {description: d, content: {text/plain: {}}}}
                  /long:
                    get:
                      operationId: long
                      responses: {'200': {description: d, content: {text/plain: {}}}}
                  /events:
                    get:
                      operationId: events
                      responses: {'200': {description: d, content: {text/event-stream: {}}}}
                """,
                Map.of(
                        "nothing", _ -> Response.empty(204),
                        "body",
                                request -> Response.ok(
                                        "[" + new String(request.bodyBytes(), StandardCharsets.ISO_8859_1) + "]"),
                        "long", _ -> Response.ok("x".repeat(1_000_000)),
                        "events", _ -> Response.events(sink -> sink.send(Event.of("data")))));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Sends, and reads until the server closes: a connection that stays open would fail it. */
    private static String send(String bytes) throws IOException {
        return service.wire(bytes);
    }

    private static int answers(String all) {
        return all.split("HTTP/1\\.1 [2-5]", -1).length - 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.0\r\n\r\n",
                "GET /a HTTP/1.0\r\nHost: x\r\n\r\n",
                "GET /a HTTP/1.0\r\nhOST:x:80\r\n\r\n",
                "GET /a HTTP/1.0\r\nUser-Agent: check\r\nAccept: */*\r\n\r\n",
                "GET /a HTTP/1.0\r\nConnection: close\r\n\r\n",
                "GET /a HTTP/1.0\r\nConnection: Close\r\n\r\n",
                "GET /a HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
                "GET /a HTTP/1.0\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
                "GET /a HTTP/1.0\r\nExpect: 100-continue\r\n\r\n",
                "GET http://example.com/a HTTP/1.0\r\n\r\n",
                "GET /a?x=HTTP/1.0 HTTP/1.0\r\n\r\n",
            })
    void isAnsweredAndTheConnectionEnds(String request) throws IOException {
        // when
        String answer = send(request);

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("\r\nConnection: close\r\n")
                .containsIgnoringCase("\r\nContent-Length: 3\r\n")
                .doesNotContain("100 Continue")
                .endsWith("\r\n\r\n\"a\"");
    }

    @Test
    void theServiceAnswersForItsOwnEndpointsToo() throws IOException {
        // then: what a load balancer looks at
        assertThat(send("GET /health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(send("OPTIONS /a HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 204 No Content\r\n");
        assertThat(send("HEAD /a HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("Content-Length: 3\r\n")
                .endsWith("\r\n\r\n");
        assertThat(send("GET /b HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void anAnswerWithoutABodyEndsToo() throws IOException {
        // then
        assertThat(send("GET /nothing HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 204 No Content\r\n")
                .containsIgnoringCase("\r\nConnection: close\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aLongAnswerHasALengthAndNoChunks() throws IOException {
        // when
        String answer = send("GET /long HTTP/1.0\r\n\r\n");

        // then
        assertThat(answer)
                .containsIgnoringCase("\r\nContent-Length: 1000000\r\n")
                .doesNotContainIgnoringCase("Transfer-Encoding")
                .endsWith("\r\n\r\n" + "x".repeat(1_000_000));
    }

    @ParameterizedTest
    @CsvSource({"text/plain, 0, ''", "text/plain, 2, ab", "application/octet-stream, 5, '\r\n\r\nx'"})
    void aBodyInTheSamePacketIsRead(String type, int length, String body) throws IOException {
        // when
        String answer = send(
                "POST /body HTTP/1.0\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n" + body);

        // then
        assertThat(answer)
                .startsWith(length == 0 ? "HTTP/1.1 400 " : "HTTP/1.1 200 ")
                .contains(length == 0 ? "problem+json" : "[" + body + "]");
    }

    @Test
    void aClientThatExpectsToBeToldToGoOnIsNot() throws IOException {
        // when
        String answer = send("POST /body HTTP/1.0\r\nContent-Type: text/plain\r\nExpect: 100-continue\r\n"
                + "Content-Length: 2\r\n\r\nab");

        // then
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("[ab]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40})
    void aRequestMayComeInPieces(int size) throws IOException {
        // given
        String request =
                "POST /body HTTP/1.0\r\nContent-Type: text/plain\r\nX-Any: 1\r\nContent-Length: 4\r\n\r\n" + "\r\n\r\n";

        // when
        try (RawClient client = service.raw()) {
            String answer = client.sendInPieces(request, size).readToEnd();

            // then
            assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("[\r\n\r\n]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.0\r\n\r\n",
                "GET /a HTTP/1.0\r\nConnection: close\r\n\r\n",
                "POST /body HTTP/1.0\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nab",
                "POST /body HTTP/1.0\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /a HTTP/1.0\r\nno colon\r\n\r\n",
                "GET /a HTTP/1.0\r\nA: b\nHost: x\r\n\r\n",
                "GET /a HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /a HTTP/1.0\r\nHost:\r\n\r\n",
            })
    void whatFollowsIsNoRequest(String first) throws IOException {
        // when
        String answer = send(first + "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        // then
        assertThat(answers(answer)).isEqualTo(1);
        assertThat(answer).doesNotContain("HTTP/1.1 204");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "transfer-encoding: identity", "Transfer-Encoding : gzip"})
    void aTransferCodingIsFaultyFraming(String header) throws IOException {
        // when
        String answer = send("POST /body HTTP/1.0\r\nContent-Type: text/plain\r\n" + header
                + "\r\nContent-Length: 5\r\n\r\n0\r\n\r\n");

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("connection: close")
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive", "Keep-Alive", "x, KEEP-ALIVE"})
    void aClientMayAskToKeepTheConnection(String option) throws IOException {
        // given
        String kept = "GET /a HTTP/1.0\r\nConnection: " + option + "\r\n\r\n";
        String body = "POST /body HTTP/1.0\r\nConnection: " + option
                + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nab";

        // when: two that are kept, one of the other version, and one that ends
        String answer = send(kept + body + "GET /a HTTP/1.1\r\nHost: x\r\n\r\n" + "GET /b HTTP/1.0\r\n\r\n" + kept);

        // then
        assertThat(answers(answer)).isEqualTo(4);
        assertThat(answer).contains("[ab]", "HTTP/1.1 404");
        String[] each = answer.split("HTTP/1\\.1 ", -1);
        assertThat(each[1]).containsIgnoringCase("\r\nConnection: keep-alive\r\n");
        assertThat(each[2]).containsIgnoringCase("\r\nConnection: keep-alive\r\n");
        assertThat(each[3]).doesNotContainIgnoringCase("Connection: close");
        assertThat(each[4]).containsIgnoringCase("\r\nConnection: close\r\n");
    }

    @Test
    void anEventStreamNeedsChunks() throws IOException {
        // when
        String answer = send("GET /events HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n");

        // then: and whoever runs a proxy before it learns what to set
        assertThat(answer)
                .startsWith("HTTP/1.1 505 HTTP Version Not Supported\r\n")
                .contains("proxy_http_version 1.1")
                .doesNotContain("data")
                .doesNotContainIgnoringCase("Transfer-Encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a\r\n\r\n",
                "GET /a HTTP/0.9\r\n\r\n",
                "GET /a HTTP/1.2\r\nHost: x\r\n\r\n",
                "GET /a HTTP/2.0\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /a HTTP/11.0\r\n\r\n",
                "GET /a xHTTP/1.0\r\n\r\n",
                "GET /a http/1.0\r\n\r\n",
                "GET /a HTTP/1.0 \r\n\r\n",
                "GET HTTP/1.0\r\n\r\n",
                " HTTP/1.0\r\n\r\n",
                "0\r\n\r\n",
                "GET /a HTTP/1.1\r\n\r\n",
            })
    void whatIsNoVersionThatItSpeaksIsRefused(String request) throws IOException {
        // then
        assertThat(send(request)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void theValueOfAHeaderIsNoVersion() throws IOException {
        // when: its reader reads this value as it reads a request line
        String answer = send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: x HTTP/1.0\r\n\r\n"
                + "GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        // then
        assertThat(answers(answer)).isEqualTo(2);
        assertThat(answer).contains("HTTP/1.1 404");
    }

    @Test
    void headersWithoutEndAreRefused() throws IOException {
        // then
        assertThat(send("GET /a HTTP/1.0\r\n" + "X-Header: xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n".repeat(4000)))
                .startsWith("HTTP/1.1 431 ");
    }
}

package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.ProblemException;
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

/** Where bodies begin and end, byte by byte. */
class FramingTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start(
                """
                paths:
                  /body:
                    post:
                      operationId: body
                      requestBody: {required: true, content: {text/plain: {}, application/octet-stream: {}}}
                      responses: {'200': {description: d, content: {text/plain: {}}}}
                  /optional:
                    post:
                      operationId: optional
                      requestBody: {content: {text/plain: {}}}
                      responses: {'204': {description: d}}
                  /status/{code}:
                    get:
                      operationId: status
                      parameters: [{name: code, in: path, required: true, schema: {type: integer}}]
                      responses: {'200': {description: d}}
                """,
                Map.of(
                        "body",
                        request ->
                                Response.ok("[" + new String(request.bodyBytes(), StandardCharsets.ISO_8859_1) + "]"),
                        "optional",
                        _ -> Response.empty(204),
                        "status",
                        request -> {
                            throw new ProblemException(
                                    request.path("code").asInt().orElseThrow(), "Title", "detail");
                        }));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String send(String bytes) throws IOException {
        return service.wireToTheEnd(bytes);
    }

    private static String chunked(String type, String chunks) {
        return "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks.replace("|", "\r\n");
    }

    private static final String NEXT = "GET /status/404 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @ParameterizedTest
    @CsvSource({"0||, 204", "1|x|0||, 415"})
    void chunksWithNothingInThemNeedNoContentType(String chunks, String status) throws IOException {
        // when
        String answer = send("POST /optional HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks.replace("|", "\r\n") + NEXT);

        // then
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "2|ab|0||, [ab]",
        "2|ab|1|c|0||, [abc]",
        "2;name=value|ab|0||, [ab]",
        "2 ; name=\"a;b\"|ab|0;x||, [ab]",
        "2|ab|000||, [ab]",
        "0002|ab|0||, [ab]",
        "00000000000002|ab|00000000000||, [ab]",
        "2|ab|0|Trailer: 1||, [ab]",
        "2|ab|0|Trailer: 1;a|More: 2||, [ab]",
        "A|0123456789|0||, [0123456789]",
        "a|0123456789|0||, [0123456789]",
    })
    void aBodyInChunksIsReadAndTheNextRequestAfterIt(String chunks, String body) throws IOException {
        for (String type : new String[] {"text/plain", "application/octet-stream"}) {
            // when
            String answer = send(chunked(type, chunks) + NEXT);

            // then
            assertThat(answer).startsWith("HTTP/1.1 200 OK").contains(body).contains("HTTP/1.1 404 Not Found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ZZ|ab|0||",
                "-2|ab|0||",
                "+2|ab|0||",
                "0x2|ab|0||",
                "|ab|0||",
                ";a=b|ab|0||",
                "2|abXX0||",
                "2|abc|0||",
                "2|ab\n\n0||",
                "1|ab|0||",
                "100000000|ab|0||",
                "FFFFFFFF|ab|0||",
                "FFFFFFFFFFFFFFFF2|ab|0||",
            })
    void whatIsNoChunkEndsTheConnection(String chunks) throws IOException {
        for (String type : new String[] {"text/plain", "application/octet-stream"}) {
            // when
            String answer = send(chunked(type, chunks) + NEXT);

            // then: nothing of it is taken for another request
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 Bad Request")
                    .contains("application/problem+json")
                    .doesNotContain("HTTP/1.1 404", "HTTP/1.1 500", "HTTP/1.1 200");
        }
    }

    @Test
    void trailersWithoutEndAreNotReadForEver() throws IOException {
        // when
        String answer = send(chunked("text/plain", "2|ab|0|" + "Trailer: 1|".repeat(2000) + "|") + NEXT);

        // then
        assertThat(answer).startsWith("HTTP/1.1 400 Bad Request").doesNotContain("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity", "gzip, gzip"})
    void aCodingOfABodyIsNotTaken(String coding) throws IOException {
        // when
        String answer = send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Encoding: " + coding
                + "\r\nContent-Length: 2\r\n\r\nab");

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 415 Unsupported Media Type")
                .containsIgnoringCase("Accept-Encoding: identity")
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"G(T", "G@T", "\u0001", "G\"T\"", ""})
    void aMethodThatIsNoWordIsABadRequest(String method) throws IOException {
        // then
        assertThat(send(method + " /body HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "Post", "pOST", "POSt", "get"})
    void aMethodIsTakenAsItIsWritten(String method) throws IOException {
        // when: what a proxy before it may not take for one that it forbids
        String answer = send(method + " /body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 2\r\n\r\nab" + NEXT);

        // then
        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("[ab]", "HTTP/1.1 404");
    }

    @ParameterizedTest
    @CsvSource({
        "404, Not Found",
        "409, Conflict",
        "413, Content Too Large",
        "422, Unprocessable Content",
        "423, Locked",
        "428, Precondition Required",
        "429, Too Many Requests",
        "431, Request Header Fields Too Large",
        "451, Unavailable For Legal Reasons",
        "503, Service Unavailable",
        "507, Insufficient Storage",
        "599, 599",
    })
    void aStatusHasItsName(int code, String name) throws IOException {
        // then
        assertThat(send("GET /status/" + code + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + code + " " + name + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "text/plain; Content-Length: 10; ''",
                "text/plain; Content-Length: 10; abc",
                "application/octet-stream; Content-Length: 10; abc",
                "application/octet-stream; Content-Length: 1000; abc",
                "text/plain; Transfer-Encoding: chunked; ''",
                "text/plain; Transfer-Encoding: chunked; 5|ab",
                "text/plain; Transfer-Encoding: chunked; 2|ab|",
                "application/octet-stream; Transfer-Encoding: chunked; 2|ab|0|",
            })
    void aClientThatEndsInTheMiddleOfItsBodyIsToldSo(String type, String framing, String body) throws IOException {
        // when
        String answer = send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n" + framing + "\r\n\r\n"
                + body.replace("|", "\r\n"));

        // then
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("connection: close")
                .contains("The request ends before its body does")
                .containsOnlyOnce("HTTP/1.1");
    }
}

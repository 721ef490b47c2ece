package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Event;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What says how long an answer is that has no body (RFC 9110, sections 8.6 and 15.3.6). */
class AnswersWithoutBodyTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start(
                """
                paths:
                  /empty/{status}:
                    parameters: [{name: status, in: path, required: true, schema: {type: integer}}]
                    get:
                      operationId: empty
                      responses: {'200': {description: d}, default: {description: d}}
                    head:
                      operationId: head
                      responses: {'200': {description: d}, default: {description: d}}
                  /events:
                    get:
                      operationId: events
                      responses: {'200': {description: d, content: {text/event-stream: {}}}}
                """,
                Map.of(
                        "empty",
                        request -> Response.empty(request.path("status").asInt().orElseThrow()),
                        "head",
                        request -> Response.empty(request.path("status").asInt().orElseThrow()),
                        "events",
                        _ -> Response.events(sink -> sink.send(Event.of("data")))));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Two on a connection: the second is answered where the first one ends. */
    private static String twice(String method, String target) throws IOException {
        String request = method + " " + target + " HTTP/1.1\r\nHost: x\r\n";
        return service.wire(request + "\r\n" + request + "Connection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"GET, 204", "GET, 304", "HEAD, 204", "HEAD, 304"})
    void hasNoLengthWhereItMustNot(String method, int status) throws IOException {
        // when
        String answer = twice(method, "/empty/" + status);

        // then
        assertThat(answer.split("HTTP/1\\.1 " + status, -1)).hasSize(3);
        assertThat(answer)
                .doesNotContainIgnoringCase("content-length")
                .doesNotContainIgnoringCase("transfer-encoding")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"GET, 200", "GET, 202", "GET, 205", "GET, 404", "HEAD, 205", "HEAD, 200"})
    void hasALengthOfZeroWhereElseNobodyKnows(String method, int status) throws IOException {
        // when
        String answer = twice(method, "/empty/" + status);

        // then
        assertThat(answer.split("HTTP/1\\.1 " + status, -1)).hasSize(3);
        assertThat(answer.split("(?i)\r\ncontent-length: 0\r\n", -1)).hasSize(3);
    }

    @Test
    void optionsHaveNoLengthEither() throws IOException {
        // then
        assertThat(twice("OPTIONS", "/events"))
                .startsWith("HTTP/1.1 204 No Content\r\n")
                .doesNotContainIgnoringCase("content-length");
    }

    @Test
    void ofAStreamThatIsNotAskedForNobodyKnowsTheLength() throws IOException {
        // when
        String answer = twice("HEAD", "/events");

        // then
        assertThat(answer.split("HTTP/1\\.1 200", -1)).hasSize(3);
        assertThat(answer).doesNotContainIgnoringCase("content-length").doesNotContain("data");
    }
}

package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a property that only the service sets, when a client sends it. */
class ReadOnlyInRequestsTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start("""
                paths:
                  /pets:
                    post:
                      operationId: add
                      requestBody:
                        required: true
                        content:
                          application/json:
                            schema:
                              type: object
                              required: [id, name]
                              properties: {id: {type: integer, readOnly: true}, name: {type: string}}
                      responses: {'200': {description: d, content: {application/json: {}}}}
                """, Map.of("add", request -> Response.ok(request.bodyMap())));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"Max\"} | 200 | {\"name\":\"Max\"}",
                "{\"id\":7,\"name\":\"Max\"} | 200 | {\"id\":7,\"name\":\"Max\"}",
                "{\"id\":\"seven\",\"name\":\"Max\"} | 400 | Request validation failed",
            })
    void itIsHeldToItsSchemaAndHandedOn(String body, int status, String answer)
            throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = service.send(service.request("/pets")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(answer);
    }
}

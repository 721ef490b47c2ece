package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service without handlers sends beside its bodies. */
class ExampleHeadersTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start("""
                paths:
                  /made:
                    post:
                      responses:
                        '201':
                          description: d
                          headers:
                            Location: {required: true, schema: {type: string, format: uri-reference}, example: /made/7}
                            X-Count: {required: true, schema: {type: integer, minimum: 2}}
                            X-Request-Id: {required: true, schema: {type: string}, example: taken}
                            Content-Length: {required: true, schema: {type: integer}, example: 4}
                            X-May: {schema: {type: string}}
                          content: {application/json: {example: {id: 7}}}
                  /gone:
                    delete: {responses: {'204': {description: d, headers: {X-Left: {schema: {type: integer}, example: 3}}}}}
                  /wrong:
                    get: {responses: {'204': {description: d, headers: {X-Left: {schema: {type: integer}, example: few}}}}}
                """, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return service.send(service.request(path).method(method, BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @CsvSource({"Location, /made/7", "X-Count, 2", "Content-Length, 8", "Content-Type, application/json"})
    void whatIsRequiredIsThereOnceAndTrue(String name, String value) throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = send("POST", "/made");

        // then
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"id\":7}");
        assertThat(response.headers().allValues(name)).containsExactly(value);
    }

    @Test
    void theIdIsThatOfTheRequestAndWhatIsNotRequiredIsLeftOut() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = send("POST", "/made");

        // then
        assertThat(response.headers().allValues("x-request-id"))
                .singleElement()
                .asString()
                .matches("[0-9a-f]{32}");
        assertThat(response.headers().firstValue("X-May")).isEmpty();
    }

    @Test
    void anAnswerWithoutBodyHasThemToo() throws IOException, InterruptedException {
        // then
        assertThat(send("DELETE", "/gone").headers().firstValue("X-Left")).contains("3");
    }

    @Test
    void anExampleThatDepartsIsAnsweredWithAProblemAndCounted() throws IOException, InterruptedException {
        // when
        HttpResponse<String> response = send("GET", "/wrong");

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("Response validation failed");
        assertThat(service.get("/metrics").body()).containsPattern("brr_response_violations_total [1-9]");
    }
}

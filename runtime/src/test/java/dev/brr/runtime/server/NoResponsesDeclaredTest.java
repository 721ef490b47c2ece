package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operations that leave open what they answer, as OpenAPI 3.1 lets them. */
class NoResponsesDeclaredTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start("""
                paths:
                  /handled: {get: {operationId: handled, parameters: [{name: n, in: query, schema: {type: integer}}]}}
                  /sample: {get: {operationId: sample}}
                """, Map.of("handled", _ -> Response.of(202, Map.of("id", 7))));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whatAHandlerAnswersGoesOutAsItIs() throws IOException, InterruptedException {
        // given
        // when
        HttpResponse<String> response = service.get("/handled");
        // then
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).isEqualTo("{\"id\":7}");
    }

    @Test
    void requestsAreHeldToTheDocumentAllTheSame() throws IOException, InterruptedException {
        // given
        // when
        HttpResponse<String> response = service.get("/handled?n=x");
        // then
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void withoutAHandlerTheAnswerIsEmpty() throws IOException, InterruptedException {
        // given
        // when
        HttpResponse<String> response = service.get("/sample");
        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }
}

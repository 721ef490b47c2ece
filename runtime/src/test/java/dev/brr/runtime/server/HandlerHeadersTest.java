package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handler writes into headers cannot become another header or another answer. */
class HandlerHeadersTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        Map<String, OperationHandler> handlers = Map.of(
                "value",
                        request -> Response.ok("words")
                                .withHeader("X-Echo", request.query("text").text()),
                "name",
                        request -> Response.ok("words")
                                .withHeader(request.query("text").text(), "value"),
                "type", request -> Response.bytes(200, request.query("text").text(), new byte[] {'a'}));
        service = TestService.start("""
                paths:
                  /value:
                    get:
                      operationId: value
                      parameters: [{name: text, in: query, required: true, schema: {type: string}}]
                      responses: {'200': {description: d, content: {text/plain: {}}}}
                  /name:
                    get:
                      operationId: name
                      parameters: [{name: text, in: query, required: true, schema: {type: string}}]
                      responses: {'200': {description: d, content: {text/plain: {}}}}
                  /type:
                    get:
                      operationId: type
                      parameters: [{name: text, in: query, required: true, schema: {type: string}}]
                      responses: {'200': {description: d, content: {'*/*': {}}}}
                """, handlers);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return service.client().send(service.request(target).build(), BodyHandlers.ofString());
    }

    @Test
    void aPlainValueIsSent() throws IOException, InterruptedException {
        // when
        HttpResponse<String> answer = get("/value?text=hello%20there");

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-echo")).contains("hello there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/value?text=a%0D%0AX-Injected%3A%20yes",
                "/value?text=a%0AX-Injected%3A%20yes",
                "/value?text=a%00b",
                "/name?text=X-A%3A%20b%0D%0AX-Injected",
                "/name?text=with%20blank",
                "/type?text=text%2Fplain%0D%0AX-Injected%3A%20yes"
            })
    void whatIsNoHeaderIsAnErrorOfTheService(String target) throws IOException, InterruptedException {
        // when
        HttpResponse<String> answer = get(target);

        // then
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("x-injected")).isEmpty();
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).doesNotContain("njected");
    }

    @Test
    void theConnectionGoesOnAfterwards() throws IOException, InterruptedException {
        // given
        get("/value?text=a%0D%0Ab");

        // then
        assertThat(get("/value?text=b").body()).isEqualTo("words");
    }
}

package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of a document that would keep Java's matcher busy until the end of days, and the texts that do it. */
@Timeout(240)
class EndlessPatternTest {
    private static final String EVIL = "a".repeat(300) + "!";

    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        service = TestService.start(
                """
                paths:
                  /power:
                    get:
                      operationId: power
                      parameters: [{name: q, in: query, schema: {type: string, pattern: '^[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*x$'}}]
                      responses: {'204': {description: d}}
                  /dots:
                    get:
                      operationId: dots
                      parameters: [{name: q, in: query, schema: {type: string, pattern: '.*.*.*.*.*x'}}]
                      responses: {'204': {description: d}}
                  /nested:
                    get:
                      operationId: nested
                      parameters: [{name: q, in: query, schema: {type: string, pattern: '^(a{0,30}){0,30}$'}}]
                      responses: {'204': {description: d}}
                  /plus:
                    get:
                      operationId: plus
                      parameters: [{name: q, in: query, schema: {type: string, pattern: '^(a+)+$'}}]
                      responses: {'204': {description: d}}
                  /body:
                    post:
                      operationId: body
                      requestBody:
                        required: true
                        content:
                          application/json:
                            schema:
                              type: object
                              properties:
                                turns: {type: string, pattern: '^(a|b)*$'}
                                not: {not: {pattern: '^[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*x$'}}
                                regex: {type: string, format: regex}
                              patternProperties: {'^[k]*[k]*[k]*[k]*[k]*x$': {type: integer}}
                      responses: {'204': {description: d}}
                """,
                Map.of(
                        "power", _ -> Response.empty(204),
                        "dots", _ -> Response.empty(204),
                        "nested", _ -> Response.empty(204),
                        "plus", _ -> Response.empty(204),
                        "body", _ -> Response.empty(204)),
                config -> config.withLimits(limits -> limits.withMaxBodyBytes(1 << 20)));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"/power, ax", "/dots, a!x", "/nested, aaa", "/plus, aaa"})
    void whatMatchesIsTaken(String path, String text) throws Exception {
        // then
        assertThat(service.get(path + "?q=" + text).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/power", "/dots", "/nested", "/plus"})
    void whatTakesTooLongIsRefused(String path) throws Exception {
        // when
        HttpResponse<String> answer = service.get(path + "?q=" + EVIL);

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("pattern").doesNotContain("aaaa");
    }

    @ParameterizedTest
    @CsvSource({"turns, ab, 200000, ''", "not, a, 300, '!'", "regex, (, 100000, ''", "kkkk, a, 1, ''"})
    void aTextOfABodyIsRefusedToo(String name, String unit, int times, String end) throws Exception {
        // given
        String key = name.equals("kkkk") ? "k".repeat(300) : name;
        String body = "{\"" + key + "\":\"" + unit.repeat(times) + end + "\"}";

        // when
        HttpResponse<String> answer = service.send(service.request("/body")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));

        // then: it is the client's fault, and nothing that nobody could judge is taken
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"errors\"");
    }

    @Test
    void manyAtOnceLeaveTheServiceAnswering() throws Exception {
        // given
        List<CompletableFuture<Integer>> evil = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            evil.add(service.client()
                    .sendAsync(
                            service.request((i % 2 == 0 ? "/power" : "/dots") + "?q=" + EVIL)
                                    .timeout(Duration.ofMinutes(2))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode));
        }

        // when: before, two of them would have held a thread of each processor for ever
        int health = service.send(service.request("/health").timeout(Duration.ofMinutes(2)))
                .statusCode();

        // then
        assertThat(health).isEqualTo(200);
        assertThat(evil).allSatisfy(one -> assertThat(one.join()).isEqualTo(400));
    }
}

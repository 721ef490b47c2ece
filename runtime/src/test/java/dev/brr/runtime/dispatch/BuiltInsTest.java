package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.metrics.RuntimeMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BuiltInsTest {
    private static final String DOCUMENT =
            Documents.text("paths: {/a: {get: {responses: {'200': {description: d}}}}}\n");

    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());
    private final Readiness readiness = new Readiness();
    private final BuiltIns builtIns =
            new BuiltIns(DOCUMENT, Set.of(), Jemalloc.probe(), metrics, readiness, _ -> Optional.empty());

    @AfterEach
    void close() {
        metrics.close();
    }

    private Reply get(String path) {
        return builtIns.answer(FakeExchange.get(path)).orElseThrow();
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/health | application/json | {\"status\":\"ok\"}",
                "/ready | application/json | {\"status\":\"ready\"}",
            })
    void healthAndReadinessAnswerInOneWord(String path, String type, String body) {
        // when
        Reply reply = get(path);

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo(type);
        assertThat(text(reply)).isEqualTo(body);
    }

    @Test
    void aServiceThatStopsIsNotReadyAndStillHealthy() {
        // when
        readiness.end();

        // then
        assertThat(get("/ready").status()).isEqualTo(503);
        assertThat(text(get("/ready"))).isEqualTo("{\"error\":\"the service is stopping\",\"status\":\"not_ready\"}");
        assertThat(get("/health").status()).isEqualTo(200);
    }

    @Test
    void metricsAreInPrometheusText() {
        // when
        Reply reply = get("/metrics");

        // then
        assertThat(reply.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text(reply)).contains("# TYPE process_memory_rss_bytes gauge");
    }

    @Test
    void mallocReportsWhatTheProcessHas() {
        // when
        JsonNode report = JsonMapper.shared().readTree(get("/malloc").body());

        // then
        assertThat(report.path("loaded").isBoolean()).isTrue();
        assertThat(report.has("requested")).isTrue();
        assertThat(report.path("effective").isObject()).isTrue();
        assertThat(report.path("loaded").booleanValue() ? report.has("version") : report.has("explanation"))
                .isTrue();
    }

    @Test
    void theDocumentIsGivenAsWrittenAndAsJson() {
        // then
        assertThat(text(get("/openapi.yaml"))).isEqualTo(DOCUMENT);
        assertThat(get("/openapi.yaml").contentType()).isEqualTo("application/yaml; charset=utf-8");
        assertThat(JsonMapper.shared()
                        .readTree(get("/openapi.json").body())
                        .path("openapi")
                        .stringValue())
                .isEqualTo("3.1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz", "/health/", "/Health", "/a", ""})
    void otherPathsAreNotTheirs(String path) {
        // then
        assertThat(builtIns.answer(FakeExchange.get(path))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200", "OPTIONS, 204", "POST, 405", "DELETE, 405", "BREW, 405"})
    void theyAreReadAndNothingElse(String method, int status) {
        // when
        Optional<Reply> reply = builtIns.answer(FakeExchange.of(method, "/health"));

        // then
        assertThat(reply.orElseThrow().status()).isEqualTo(status);
    }
}

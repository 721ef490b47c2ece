package dev.brr.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.logging.TraceParent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How batches reach a collector that is busy, asks for a key, or takes part of them. */
class OtlpDeliveryTest {
    private static final Map<String, String> RESOURCE = Map.of("service.name", "pets");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RetryPolicy QUICK = new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(2));
    private static final RetryPolicy SLOW = new RetryPolicy(4, Duration.ofHours(1), Duration.ofHours(1));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private SpanExporter exporter(OtlpTarget target, RetryPolicy policy) {
        SpanExporter exporter = new SpanExporter(target, policy);
        exporter.bindTo(registry);
        return exporter;
    }

    private double counted(String name) {
        return registry.get(name).functionCounter().count();
    }

    private static FinishedSpan span(ServerSpan span) {
        return new FinishedSpan(span, 1500, "getPet", "/pets/{id}", "GET", "/pets/7", "http", "192.0.2.1", 200);
    }

    private static FinishedSpan span() {
        return span(ServerSpan.begin(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aBusyCollectorGetsTheSameBatchAgain(int status) throws IOException {
        // given
        try (Collector collector = Collector.start();
                SpanExporter exporter = exporter(OtlpTarget.of(collector.address(), RESOURCE), QUICK)) {
            collector.answersFirst(status, status);

            // when
            exporter.add(span());

            // then
            Awaitility.await().atMost(PATIENCE).until(() -> counted("brr.spans.sent") == 1);
            assertThat(collector.refused()).hasSize(2);
            assertThat(collector.spans()).hasSize(1);
            assertThat(counted("brr.spans.retries")).isEqualTo(2);
            assertThat(counted("brr.spans.dropped")).isZero();
        }
    }

    @Test
    void aCollectorThatStaysBusyLosesTheBatchAndGetsTheNext() throws IOException {
        // given
        try (Collector collector = Collector.start();
                SpanExporter exporter = exporter(OtlpTarget.of(collector.address(), RESOURCE), QUICK)) {
            collector.answersFirst(503, 503, 503, 503);
            exporter.add(span());
            Awaitility.await().atMost(PATIENCE).until(() -> counted("brr.spans.dropped") == 1);

            // when
            exporter.add(span());

            // then
            Awaitility.await().atMost(PATIENCE).until(() -> counted("brr.spans.sent") == 1);
            assertThat(collector.refused()).hasSize(4);
        }
    }

    @Test
    void theTimeThatTheCollectorAsksForIsWaited() throws IOException {
        // given: without its wish the next attempt would come in an hour
        try (Collector collector = Collector.start();
                SpanExporter exporter = exporter(OtlpTarget.of(collector.address(), RESOURCE), SLOW)) {
            collector.asksForPatience("0");
            collector.answersFirst(429);

            // when
            exporter.add(span());

            // then
            Awaitility.await().atMost(PATIENCE).until(() -> counted("brr.spans.sent") == 1);
        }
    }

    @Test
    void closingDoesNotWaitForTheNextAttempt() throws IOException {
        // given
        try (Collector collector = Collector.start()) {
            SpanExporter exporter = exporter(OtlpTarget.of(collector.address(), RESOURCE), SLOW);
            collector.answersFirst(503);
            exporter.add(span());
            Awaitility.await().atMost(PATIENCE).until(() -> counted("brr.spans.retries") == 1);

            // when
            exporter.close();

            // then
            assertThat(collector.spans()).hasSize(1);
            assertThat(counted("brr.spans.sent")).isEqualTo(1);
        }
    }

    @Test
    void whatACollectorDoesNotTakeOfABatchIsCounted() throws IOException {
        // given
        try (Collector collector = Collector.start()) {
            collector.says("{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"too old\"}}");

            // when
            try (SpanExporter exporter = exporter(OtlpTarget.of(collector.address(), RESOURCE), QUICK)) {
                for (int i = 0; i < 5; i++) {
                    exporter.add(span());
                }
            }

            // then
            assertThat(counted("brr.spans.dropped")).isPositive();
            assertThat(counted("brr.spans.sent") + counted("brr.spans.dropped")).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"partialSuccess\":{\"rejectedSpans\":\"2\"}} | 2",
                "{\"partialSuccess\":{\"rejectedSpans\":3}} | 3",
                "{\"partialSuccess\":{}} | 0",
                "{\"partialSuccess\":{\"rejectedSpans\":-3}} | 0",
                "{} | 0",
                "`` | 0",
                "not json | 0",
            })
    void theAnswerSaysHowMany(String answer, long rejected) {
        // then
        assertThat(OtlpClient.rejected(answer.getBytes(StandardCharsets.UTF_8))).isEqualTo(rejected);
    }

    @Test
    void everyRequestHasTheHeadersThatAreConfigured() throws IOException {
        // given
        try (Collector collector = Collector.start()) {
            OtlpTarget target = new OtlpTarget(
                    OtlpTarget.under(collector.address()),
                    RESOURCE,
                    Map.of("Api-Key", "s3cret", "x-team", "pets"),
                    false,
                    Sampler.ALL);

            // when
            try (SpanExporter exporter = exporter(target, QUICK)) {
                exporter.add(span());
            }

            // then
            assertThat(collector.headers().getFirst())
                    .containsEntry("Api-key", List.of("s3cret"))
                    .containsEntry("X-team", List.of("pets"))
                    .containsEntry("Content-type", List.of("application/json"));
            assertThat(target.toString()).contains("Api-Key").doesNotContain("s3cret");
        }
    }

    @Test
    void requestsAreCompressedWhereThatIsAskedFor() throws IOException {
        // given
        try (Collector collector = Collector.start()) {
            // when
            try (SpanExporter exporter = exporter(
                    new OtlpTarget(OtlpTarget.under(collector.address()), RESOURCE, Map.of(), true, Sampler.ALL),
                    QUICK)) {
                exporter.add(span());
            }

            // then
            assertThat(collector.headers().getFirst()).containsEntry("Content-encoding", List.of("gzip"));
            assertThat(collector.spans().getFirst().path("name").asString()).isEqualTo("getPet");
        }
    }

    @Test
    void theStateOfTheTraceComesAlong() throws IOException {
        // given
        Optional<TraceParent> caller =
                TraceParent.of(List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        // when
        JsonNode sent;
        try (Collector collector = Collector.start()) {
            try (SpanExporter exporter = exporter(OtlpTarget.of(collector.address(), RESOURCE), QUICK)) {
                exporter.add(span(exporter.begin(caller, List.of("a=1", "b=2"))));
                exporter.add(span(exporter.begin(Optional.empty(), List.of("a=1"))));
            }
            sent = collector.requests().getFirst().at("/resourceSpans/0/scopeSpans/0/spans");
        }

        // then
        assertThat(sent.get(0).path("traceState").asString()).isEqualTo("a=1,b=2");
        assertThat(sent.get(1).has("traceState")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"http://c:4318, http://c:4318/v1/traces", "http://c/otlp/, http://c/otlp/v1/traces"})
    void theEndpointIsUnderTheCollectorsAddress(URI collector, URI endpoint) {
        // then
        assertThat(OtlpTarget.of(collector, RESOURCE).endpoint()).isEqualTo(endpoint);
    }
}

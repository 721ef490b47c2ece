package dev.brr.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SpanExporterTest {
    private static final Map<String, String> RESOURCE = Map.of("service.name", "pets", "service.version", "1");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private SpanExporter exporter(URI collector) {
        SpanExporter exporter = new SpanExporter(collector, RESOURCE);
        exporter.bindTo(registry);
        return exporter;
    }

    private double counted(String name) {
        return registry.get(name).functionCounter().count();
    }

    private static FinishedSpan span(String operation, String method, int status) {
        return span(ServerSpan.begin(Optional.empty()), operation, method, status);
    }

    private static FinishedSpan span(ServerSpan begun, String operation, String method, int status) {
        String route = operation.isEmpty() ? "" : "/pets/{id}";
        return new FinishedSpan(begun, 1500, operation, route, method, "/pets/7", "http", "192.0.2.1", status);
    }

    private static JsonNode sent(FinishedSpan span) throws IOException {
        try (Collector collector = Collector.start()) {
            try (SpanExporter exporter = new SpanExporter(collector.address(), RESOURCE)) {
                exporter.add(span);
            }
            assertThat(collector.spans()).hasSize(1);
            return collector.spans().getFirst();
        }
    }

    @Test
    void aSpanHasWhatTheConventionsAskFor() throws IOException {
        // given
        ServerSpan begun =
                new ServerSpan("a".repeat(32), "b".repeat(16), "c".repeat(16), true, 1_700_000_000_000_000_000L);

        // when
        JsonNode span = sent(span(begun, "getPet", "GET", 200));

        // then
        assertThat(span.path("traceId").asString()).isEqualTo("a".repeat(32));
        assertThat(span.path("spanId").asString()).isEqualTo("b".repeat(16));
        assertThat(span.path("parentSpanId").asString()).isEqualTo("c".repeat(16));
        assertThat(span.path("name").asString()).isEqualTo("getPet");
        assertThat(span.path("kind").asInt()).isEqualTo(2);
        assertThat(span.path("startTimeUnixNano").asString()).isEqualTo("1700000000000000000");
        assertThat(span.path("endTimeUnixNano").asString()).isEqualTo("1700000000000001500");
        assertThat(Collector.attribute(span, "http.request.method")).isEqualTo("GET");
        assertThat(Collector.attribute(span, "http.route")).isEqualTo("/pets/{id}");
        assertThat(Collector.attribute(span, "url.path")).isEqualTo("/pets/7");
        assertThat(Collector.attribute(span, "url.scheme")).isEqualTo("http");
        assertThat(Collector.attribute(span, "client.address")).isEqualTo("192.0.2.1");
        assertThat(Collector.attribute(span, "http.response.status_code")).isEqualTo("200");
        assertThat(Collector.attribute(span, "error.type")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200,0,''", "302,0,''", "404,0,''", "499,0,''", "500,2,500", "503,2,503"})
    void onlyTheServersOwnFailuresAreErrors(int status, int code, String type) throws IOException {
        // when
        JsonNode span = sent(span("getPet", "GET", status));

        // then
        assertThat(span.at("/status/code").asInt(0)).isEqualTo(code);
        assertThat(Collector.attribute(span, "error.type")).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "getPet, GET, getPet, GET, ''",
        "'', GET, GET, GET, ''",
        "'', BREW, HTTP, _OTHER, BREW",
        "getPet, get, getPet, _OTHER, get",
    })
    void aSpanIsCalledByItsOperation(String operation, String method, String name, String known, String original)
            throws IOException {
        // when
        JsonNode span = sent(span(operation, method, 200));

        // then
        assertThat(span.path("name").asString()).isEqualTo(name);
        assertThat(Collector.attribute(span, "http.request.method")).isEqualTo(known);
        assertThat(Collector.attribute(span, "http.request.method_original")).isEqualTo(original);
    }

    @Test
    void theServiceIsNamed() throws IOException {
        // given
        try (Collector collector = Collector.start()) {
            // when
            try (SpanExporter exporter = exporter(collector.address())) {
                exporter.add(span("getPet", "GET", 200));
            }

            // then
            JsonNode resource = collector.requests().getFirst().at("/resourceSpans/0/resource");
            assertThat(Collector.attribute(resource, "service.name")).isEqualTo("pets");
            assertThat(Collector.attribute(resource, "service.version")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/otlp", "/otlp/"})
    void thePathIsAddedToTheCollectorsAddress(String base) throws IOException {
        // given
        try (Collector collector = Collector.start()) {
            // when
            try (SpanExporter exporter = exporter(URI.create(collector.address() + base))) {
                exporter.add(span("getPet", "GET", 200));
            }

            // then
            assertThat(collector.spans()).hasSize(1);
        }
    }

    @Test
    void closingSendsWhatWaitsInBatches() throws IOException {
        // given
        try (Collector collector = Collector.start()) {
            // when
            try (SpanExporter exporter = exporter(collector.address())) {
                for (int i = 0; i < 1300; i++) {
                    exporter.add(span("op" + i, "GET", 200));
                }
            }

            // then
            assertThat(collector.spans()).hasSize(1300);
            assertThat(collector.requests())
                    .allSatisfy(request -> assertThat(request.at("/resourceSpans/0/scopeSpans/0/spans")
                                    .size())
                            .isLessThanOrEqualTo(512));
            assertThat(counted("brr.spans.sent")).isEqualTo(1300);
            assertThat(counted("brr.spans.dropped")).isZero();
        }
    }

    @Test
    void whatTheCallerDoesNotSampleIsNotSent() throws IOException {
        // given
        try (Collector collector = Collector.start()) {
            // when
            try (SpanExporter exporter = exporter(collector.address())) {
                exporter.add(span(new ServerSpan("a".repeat(32), "b".repeat(16), "", false, 1), "getPet", "GET", 200));
            }

            // then
            assertThat(collector.requests()).isEmpty();
            assertThat(counted("brr.spans.dropped")).isZero();
        }
    }

    @Test
    void aCollectorThatHangsCostsSpansAndNoMemory() throws IOException {
        // given
        CountDownLatch opened = new CountDownLatch(1);
        try (Collector collector = Collector.startClosed(opened);
                SpanExporter exporter = exporter(collector.address())) {
            // when: more than the one batch under way and the queue hold
            for (int i = 0; i < 4 * SpanExporter.CAPACITY; i++) {
                exporter.add(span("getPet", "GET", 200));
            }

            // then
            assertThat(counted("brr.spans.dropped")).isPositive();
            opened.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 500, 501})
    void whatTheCollectorRefusesIsCountedAndTheNextIsSent(int status) throws IOException {
        // given
        try (Collector collector = Collector.start();
                SpanExporter exporter = exporter(collector.address())) {
            collector.answers(status);
            exporter.add(span("first", "GET", 200));
            Awaitility.await().atMost(PATIENCE).until(() -> counted("brr.spans.dropped") == 1);

            // when
            collector.answers(200);
            exporter.add(span("second", "GET", 200));

            // then
            Awaitility.await().atMost(PATIENCE).until(() -> counted("brr.spans.sent") == 1);
            assertThat(collector.refused()).hasSize(1);
            assertThat(collector.spans().getFirst().path("name").asString()).isEqualTo("second");
        }
    }

    @Test
    void aCollectorThatIsNotThereIsNoObstacle() throws IOException {
        // given
        URI gone;
        try (Collector collector = Collector.start()) {
            gone = collector.address();
        }

        // when
        RetryPolicy quick = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1));
        try (SpanExporter exporter = new SpanExporter(OtlpTarget.of(gone, RESOURCE), quick)) {
            exporter.bindTo(registry);
            exporter.add(span("getPet", "GET", 200));
            Awaitility.await().atMost(PATIENCE).until(() -> counted("brr.spans.dropped") == 1);
        }

        // then
        assertThat(counted("brr.spans.sent")).isZero();
        assertThat(counted("brr.spans.retries")).isEqualTo(2);
    }
}

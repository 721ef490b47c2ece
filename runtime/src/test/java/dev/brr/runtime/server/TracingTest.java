package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.config.TracingSettings;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.logging.TraceParent;
import dev.brr.runtime.tracing.Collector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A service that tells a collector of its requests. */
class TracingTest {
    private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String MEMBERS = """
            paths:
              /pets/{id}:
                get:
                  operationId: getPet
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {'200': {description: d, content: {text/plain: {}}}}
              /fails: {get: {operationId: fails, responses: {'200': {description: d}}}}
            """;
    private static final Map<String, OperationHandler> HANDLERS =
            Map.of("getPet", request -> Response.ok(request.traceParent().orElse("none")), "fails", _ -> {
                throw new IllegalStateException("on purpose");
            });

    private static TestService start(Collector collector) throws Exception {
        return TestService.start(
                MEMBERS,
                HANDLERS,
                config -> config.withObservability(
                        observability -> observability.withTracing(new TracingSettings(collector.address(), ""))));
    }

    private static JsonNode named(Collector collector, String name) {
        return collector.spans().stream()
                .filter(span -> span.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachRequestIsASpanByTheTimeTheServiceHasStopped() throws Exception {
        // given
        try (Collector collector = Collector.start()) {
            // when
            try (TestService service = start(collector)) {
                service.get("/pets/7?secret=x");
                service.get("/nowhere");
                service.get("/fails");
            }

            // then
            assertThat(collector.spans()).hasSize(3);
            JsonNode pet = named(collector, "getPet");
            assertThat(Collector.attribute(pet, "http.route")).isEqualTo("/pets/{id}");
            assertThat(Collector.attribute(pet, "url.path")).isEqualTo("/pets/7");
            assertThat(Collector.attribute(pet, "client.address")).isEqualTo("127.0.0.1");
            assertThat(pet.path("parentSpanId").isMissingNode()).isTrue();
            assertThat(Long.parseLong(pet.path("endTimeUnixNano").asString()))
                    .isGreaterThan(Long.parseLong(pet.path("startTimeUnixNano").asString()));
            JsonNode unmatched = named(collector, "GET");
            assertThat(Collector.attribute(unmatched, "http.response.status_code"))
                    .isEqualTo("404");
            assertThat(Collector.attribute(unmatched, "http.route")).isEmpty();
            assertThat(named(collector, "fails").at("/status/code").asInt()).isEqualTo(2);
            assertThat(collector.requests().toString()).doesNotContain("secret");
            assertThat(Collector.attribute(
                            collector.requests().getFirst().at("/resourceSpans/0/resource"), "service.name"))
                    .isEqualTo("Test");
        }
    }

    @Test
    void aSpanBelongsToItsCallersTraceAndHandlersSendItOn() throws Exception {
        // given
        try (Collector collector = Collector.start()) {
            String handed;
            try (TestService service = start(collector)) {
                // when
                handed = service.send(service.request("/pets/7").header("traceparent", CALLER))
                        .body();
            }

            // then
            JsonNode span = named(collector, "getPet");
            assertThat(span.path("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(span.path("parentSpanId").asString()).isEqualTo("00f067aa0ba902b7");
            TraceParent given = TraceParent.of(List.of(handed)).orElseThrow();
            assertThat(given.traceId()).isEqualTo(span.path("traceId").asString());
            assertThat(given.spanId()).isEqualTo(span.path("spanId").asString());
        }
    }

    @Test
    void probesAndScrapesAreNoSpansAndTheMetersTellOfThem() throws Exception {
        // given
        try (Collector collector = Collector.start()) {
            try (TestService service = start(collector)) {
                // when
                service.get("/health");

                // then
                assertThat(service.get("/metrics").body()).contains("brr_spans_sent_total", "brr_spans_dropped_total");
            }
            assertThat(collector.spans()).isEmpty();
        }
    }

    @Test
    void withoutAnEndpointTheCallersHeaderIsHandedOnAsItCame() throws Exception {
        // given
        try (TestService service = TestService.start(MEMBERS, HANDLERS)) {
            // then
            assertThat(service.send(service.request("/pets/7").header("traceparent", CALLER))
                            .body())
                    .isEqualTo(CALLER);
            assertThat(service.get("/metrics").body()).doesNotContain("brr_spans");
        }
    }
}

package dev.brr.runtime.dispatch;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.MallocReport;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The endpoints that every service has besides those of its document. Those of this class ask for no credentials. */
public final class BuiltIns {
    private static final String JSON = "application/json";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> PATHS =
            Set.of("/health", "/ready", "/metrics", "/malloc", "/openapi.yaml", "/openapi.json");

    private final Map<String, Function<Exchange, Reply>> byPath = new HashMap<>();
    private final Readiness readiness;
    private final Further further;

    /** Endpoints of another room, answered at the same port; nothing for a path that is none of theirs. */
    public interface Further {
        /** Answers a request. */
        Optional<Reply> answer(Exchange exchange);
    }

    /**
     * Makes the endpoints.
     *
     * @param documentText the document as its author wrote it
     * @param origins of the servers that the document names, and of where its security schemes get tokens
     * @param further what else there is
     */
    public BuiltIns(
            String documentText,
            Set<String> origins,
            Jemalloc jemalloc,
            RuntimeMetrics metrics,
            Readiness readiness,
            Further further) {
        this.readiness = readiness;
        this.further = further;
        byte[] yaml = documentText.getBytes(StandardCharsets.UTF_8);
        Supplier<byte[]> json = once(() -> ServiceDocument.asJson(documentText).getBytes(StandardCharsets.UTF_8));
        byPath.put("/health", _ -> json(200, Map.of("status", "ok")));
        byPath.put("/ready", _ -> ready());
        byPath.put("/metrics", exchange -> scrape(metrics, exchange));
        byPath.put("/malloc", _ -> json(200, malloc(jemalloc, metrics)));
        byPath.put("/openapi.yaml", _ -> Reply.of(200, "application/yaml; charset=utf-8", yaml));
        byPath.put("/openapi.json", _ -> Reply.of(200, JSON, json.get()));
        DocsPages docs = new DocsPages(origins);
        DocsPages.PATHS.forEach(path -> byPath.put(path, _ -> docs.page(path)));
    }

    /** Makes a value when it is first asked for; made twice where two ask at once. */
    private static <T> Supplier<T> once(Supplier<T> maker) {
        return new Supplier<>() {
            private volatile @Nullable T made;

            @Override
            public T get() {
                T value = made;
                if (value == null) {
                    value = maker.get();
                    made = value;
                }
                return value;
            }
        };
    }

    private static Map<String, Object> malloc(Jemalloc jemalloc, RuntimeMetrics metrics) {
        Map<String, Object> report = MallocReport.of(jemalloc).toMap();
        metrics.memory()
                .hungriest()
                .ifPresent(hungriest -> report.put(
                        "hungriestOperation",
                        Map.of(
                                "operationId", hungriest.operationId(),
                                "bytes", hungriest.bytes(),
                                "measure", hungriest.measure().term())));
        return report;
    }

    /** Answers a request for one of the endpoints; nothing when the path is none of them. */
    public Optional<Reply> answer(Exchange exchange) {
        Function<Exchange, Reply> endpoint = byPath.get(exchange.rawPath());
        if (endpoint == null) {
            return further.answer(exchange);
        }
        return switch (exchange.method()) {
            case "GET", "HEAD" -> Optional.of(endpoint.apply(exchange).with("Cache-Control", "no-store"));
            case "OPTIONS" -> Optional.of(Reply.empty(204).with("Allow", "GET, HEAD, OPTIONS"));
            default ->
                Optional.of(
                        Reply.of(Problem.methodNotAllowed("GET, HEAD, OPTIONS")).with("Allow", "GET, HEAD, OPTIONS"));
        };
    }

    /** Whether a request asks in advance for a method that the endpoint of its path does not take. */
    public boolean announcesOtherMethod(Exchange exchange) {
        String announced = CorsGate.announced(exchange);
        return !announced.isEmpty() && !METHODS.contains(announced) && byPath.containsKey(exchange.rawPath());
    }

    /** Whether an endpoint answers such requests where it shares a port with the document's operations. */
    public static boolean answers(String method, String path) {
        return METHODS.contains(method) && (PATHS.contains(path) || DocsPages.PATHS.contains(path));
    }

    private Reply ready() {
        return readiness.isReady()
                ? json(200, Map.of("status", "ready"))
                : json(503, Map.of("status", "not_ready", "error", "the service is stopping"));
    }

    private static Reply scrape(RuntimeMetrics metrics, Exchange exchange) {
        RuntimeMetrics.Scrape scrape = metrics.scrape(String.join(",", exchange.header("accept")));
        return Reply.of(200, scrape.contentType(), scrape.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Reply json(int status, Map<String, ?> value) {
        return Reply.of(status, JSON, Json.MAPPER.writeValueAsBytes(value));
    }
}

package dev.brr.runtime.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes traces by OTLP over HTTP, as a collector does, and keeps them. */
public final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final CountDownLatch opened;
    private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private final Queue<Integer> first = new ConcurrentLinkedQueue<>();
    private volatile int status = 200;
    private volatile String retryAfter = "";
    private volatile String says = "{}";

    private Collector(CountDownLatch opened) throws IOException {
        this.opened = opened;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    /** One that answers at once. */
    public static Collector start() throws IOException {
        return new Collector(new CountDownLatch(0));
    }

    /** One that answers nothing before a latch opens. */
    static Collector startClosed(CountDownLatch latch) throws IOException {
        return new Collector(latch);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        headers.add(Map.copyOf(exchange.getRequestHeaders()));
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        try {
            opened.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        boolean known = exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().endsWith("/v1/traces")
                && "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
        int status = known ? next() : 404;
        if (status == 200) {
            requests.add(JsonMapper.shared().readTree(body));
        } else {
            refused.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        }
        byte[] answer = says.getBytes(StandardCharsets.UTF_8);
        if (!retryAfter.isEmpty() && status != 200) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    void answers(int code) {
        status = code;
    }

    /** Has it answer some requests otherwise before. */
    void answersFirst(Integer... codes) {
        first.addAll(List.of(codes));
    }

    /** Has it name a time with each refusal. */
    void asksForPatience(String retryAfter) {
        this.retryAfter = retryAfter;
    }

    /** Has it say something with each answer. */
    void says(String json) {
        says = json;
    }

    private int next() {
        Integer code = first.poll();
        return code == null ? status : code;
    }

    /** The headers of each request, by names as HTTP has them. */
    List<Map<String, List<String>>> headers() {
        return headers;
    }

    /** Its address. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What came. */
    public List<JsonNode> requests() {
        return requests;
    }

    List<String> refused() {
        return refused;
    }

    /** The spans that came. */
    public List<JsonNode> spans() {
        return requests.stream()
                .flatMap(request ->
                        request.at("/resourceSpans/0/scopeSpans/0/spans").valueStream())
                .toList();
    }

    /** The text of an attribute; empty where there is none. */
    public static String attribute(JsonNode holder, String key) {
        return holder.path("attributes")
                .valueStream()
                .filter(attribute -> attribute.path("key").asString("").equals(key))
                .map(attribute -> attribute
                        .path("value")
                        .propertyStream()
                        .findFirst()
                        .orElseThrow()
                        .getValue())
                .map(value -> value.asString(""))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

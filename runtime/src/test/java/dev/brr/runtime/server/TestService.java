package dev.brr.runtime.server;

import dev.brr.runtime.config.ApiKeySettings;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.handler.OperationHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A service on a free port, and a client for it. */
final class TestService implements AutoCloseable {
    private final BrrServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestService(BrrServer server) {
        this.server = server;
    }

    static TestService start(String members, Map<String, OperationHandler> handlers)
            throws IOException, StartupException {
        return start(members, handlers, UnaryOperator.identity());
    }

    static TestService start(
            String members, Map<String, OperationHandler> handlers, UnaryOperator<RuntimeConfig> settings)
            throws IOException, StartupException {
        Path spec = Files.createTempFile("openapi", ".yaml");
        try {
            Files.writeString(spec, Documents.text(members));
            RuntimeConfig config = settings.apply(config(spec));
            return new TestService(BrrServer.start(config, new HandlerDiscovery(handlers, List.of())));
        } finally {
            Files.delete(spec);
        }
    }

    static RuntimeConfig config(Path spec) {
        return RuntimeConfig.defaults(spec)
                .withListen(listen -> listen.withHost("127.0.0.1").withPort(0))
                .withSecurity(security -> security.withApiKeys(ApiKeySettings.ofOne("k")))
                .withLimits(limits -> limits.withMaxBodyBytes(1024))
                .withShutdown(shutdown -> shutdown.withDrainTimeout(Duration.ofSeconds(5)));
    }

    static RuntimeConfig withManagementPort(RuntimeConfig config, int port) {
        return config.withListen(listen -> listen.withManagementPort(port));
    }

    BrrServer server() {
        return server;
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return send(request(target));
    }

    HttpResponse<String> management(String target) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.managementPort() + target)));
    }

    /** Sends bytes that no HTTP client would, and returns what comes back until the server closes. */
    String wire(String bytes) throws IOException {
        return RawClient.exchange(server.port(), bytes);
    }

    /** The same, and lets the server see that nothing follows. */
    String wireToTheEnd(String bytes) throws IOException {
        try (RawClient client = raw()) {
            return client.send(bytes).endOutput().readToEnd();
        }
    }

    /** A client for what no HTTP client would send. */
    RawClient raw() throws IOException {
        return RawClient.to(server.port());
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}

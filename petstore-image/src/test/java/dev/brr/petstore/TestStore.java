package dev.brr.petstore;

import dev.brr.runtime.config.ApiKeySettings;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.handler.HandlerDiscovery;
import dev.brr.runtime.server.BrrServer;
import dev.brr.runtime.server.StartupException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A pet store on a free port, and a client that has its key. */
final class TestStore implements AutoCloseable {
    static final String KEY = "a-key-for-tests";

    private final BrrServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestStore(BrrServer server) {
        this.server = server;
    }

    /** Starts a store with room for so many of each kind. */
    static TestStore start(int capacity) throws StartupException {
        RuntimeConfig config = RuntimeConfig.defaults(document())
                .withListen(listen -> listen.withHost("127.0.0.1").withPort(0))
                .withSecurity(security -> security.withApiKeys(ApiKeySettings.ofOne(KEY)))
                .withLimits(limits -> limits.withMaxBodyBytes(2 * 1024 * 1024))
                .withShutdown(shutdown -> shutdown.withDrainTimeout(Duration.ofSeconds(5)));
        PetStoreHandlers handlers = new PetStoreHandlers(new PetStore(capacity));
        return new TestStore(BrrServer.start(config, new HandlerDiscovery(handlers.handlers(), List.of())));
    }

    /** The document as it is packed. */
    static Path document() {
        try {
            return Path.of(Objects.requireNonNull(PetStore.class.getResource("openapi.yaml"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder anonymous(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                .timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder request(String target) {
        return anonymous(target).header("X-API-Key", KEY);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return send(request(target));
    }

    HttpResponse<String> post(String target, String type, String body) throws IOException, InterruptedException {
        BodyPublisher publisher = BodyPublishers.ofString(body);
        return send(request(target).header("Content-Type", type).POST(publisher));
    }

    HttpResponse<String> postJson(String target, String body) throws IOException, InterruptedException {
        return post(target, "application/json", body);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}

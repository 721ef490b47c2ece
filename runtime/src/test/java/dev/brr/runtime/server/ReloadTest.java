package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import dev.brr.runtime.handler.HandlerDiscovery;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReloadTest {
    @TempDir
    private Path folder;

    private static String serving(String path) {
        return Documents.text("paths: {" + path + ": {get: {responses: {'200': {description: d}}}}}");
    }

    private BrrServer start(boolean reload) throws IOException, StartupException {
        Path spec = Files.writeString(folder.resolve("openapi.yaml"), serving("/old"));
        return BrrServer.start(
                TestService.config(spec).withDocument(document -> document.withReload(reload)),
                new HandlerDiscovery(Map.of(), List.of()));
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("openapi.yaml"), text);
    }

    private static HttpResponse<String> get(BrrServer server, String target) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aDocumentThatChangesIsServedWithoutARestart() throws IOException, StartupException, InterruptedException {
        // given
        try (BrrServer server = start(true)) {
            assertThat(get(server, "/old").statusCode()).isEqualTo(200);

            // when
            write(serving("/new"));

            // then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> get(server, "/new").statusCode() == 200);
            assertThat(get(server, "/old").statusCode()).isEqualTo(404);
            assertThat(get(server, "/openapi.yaml").body()).contains("/new");
            assertThat(server.plan().text()).contains("/new");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"paths: [", "openapi: 3.1.0", ""})
    void aBadDocumentKeepsTheOldOneAndTheNextGoodOneIsTaken(String bad)
            throws IOException, StartupException, InterruptedException {
        // given
        try (LoggedLines log = new LoggedLines();
                BrrServer server = start(true)) {
            // when
            write(bad);

            // then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> log.has("The document is not read anew, the old one stays: "));
            assertThat(get(server, "/old").statusCode()).isEqualTo(200);
            write(serving("/new"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> get(server, "/new").statusCode() == 200);
        }
    }

    @Test
    void withoutTheFlagNothingIsReadAnew() throws IOException, StartupException, InterruptedException {
        // given
        try (BrrServer server = start(false)) {
            // when
            write(serving("/new"));

            // then
            Awaitility.await()
                    .during(Duration.ofMillis(1200))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> get(server, "/old").statusCode() == 200);
        }
    }
}

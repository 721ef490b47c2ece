package com.example.lending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.config.ConfigOutcome;
import dev.brr.runtime.config.RuntimeConfig;
import dev.brr.runtime.server.BrrServer;
import dev.brr.runtime.server.StartupException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as clients see it: the real runtime, the real document, the handlers found as in an image. */
class LendingHttpTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private BrrServer server;

    @BeforeEach
    void start() throws StartupException {
        ConfigOutcome outcome = RuntimeConfig.read(
                List.of("--spec", "openapi.yaml", "--host", "127.0.0.1", "--port", "0", "--api-key", "a-test-key"),
                Map.of());
        assertThat(outcome).isInstanceOf(ConfigOutcome.Usable.class);
        server = BrrServer.start(((ConfigOutcome.Usable) outcome).config());
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                .header("X-Member-Key", "a-test-key");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> borrow(String json) throws IOException, InterruptedException {
        return send(request("/loans").header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    @Test
    void everyOperationHasAHandler() {
        // given
        var plan = server.plan();

        // then
        assertThat(plan.settings().handlers()).hasSameSizeAs(plan.document().operations());
    }

    @Test
    void aToolIsBorrowedReadAndReturned() throws IOException, InterruptedException {
        // when
        HttpResponse<String> taken = borrow("{\"tool\":\"saw\",\"days\":3}");
        String loan = taken.headers().firstValue("Location").orElseThrow();

        // then
        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(send(request(loan)).body()).isEqualTo(taken.body()).contains("\"tool\":\"saw\"");
        assertThat(send(request("/tools?kind=hand")).body())
                .isEqualTo("[{\"name\":\"saw\",\"kind\":\"hand\",\"inShed\":false}]");
        assertThat(borrow("{\"tool\":\"saw\",\"days\":1}").statusCode()).isEqualTo(409);
        assertThat(send(request(loan).DELETE()).statusCode()).isEqualTo(204);
        assertThat(send(request(loan)).statusCode()).isEqualTo(404);
    }

    @Test
    void theDocumentRefusesWhatTheHandlersNeedNotExpect() throws IOException, InterruptedException {
        // when
        HttpResponse<String> tooLong = borrow("{\"tool\":\"saw\",\"days\":15}");
        HttpResponse<String> unknownKind = send(request("/tools?kind=magic"));
        HttpResponse<String> stranger =
                send(HttpRequest.newBuilder(request("/loans/1").build().uri()));

        // then
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("\"pointer\":\"/days\"").contains("\"keyword\":\"maximum\"");
        assertThat(unknownKind.statusCode()).isEqualTo(400);
        assertThat(stranger.statusCode()).isEqualTo(401);
    }

    @Test
    void aToolThatIsNotThereIsAProblemOfOurOwn() throws IOException, InterruptedException {
        // when
        HttpResponse<String> none = borrow("{\"tool\":\"anvil\",\"days\":1}");

        // then
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(none.body()).contains("There is no anvil in this shed");
    }
}

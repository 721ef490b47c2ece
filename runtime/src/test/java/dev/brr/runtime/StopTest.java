package dev.brr.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import dev.brr.runtime.server.RunningService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service in a process of its own, told to stop. */
@Timeout(90)
class StopTest {
    private static final String MEMBERS = """
            paths:
              /slow:
                get:
                  operationId: slow
                  parameters: [{name: ms, in: query, schema: {type: integer}}]
                  responses: {'200': {description: d, content: {text/plain: {}}}}
            """;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // each test starts it first
    private RunningService service;

    @BeforeEach
    void providers() throws IOException {
        Path services = Files.createDirectories(folder.resolve("providers/META-INF/services"));
        Files.writeString(
                services.resolve("dev.brr.runtime.handler.OperationHandlerProvider"), SlowHandlers.class.getName());
    }

    @AfterEach
    void kill() {
        service.close();
    }

    private void start(String... more) throws IOException {
        Path spec = Files.writeString(folder.resolve("openapi.yaml"), Documents.text(MEMBERS));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder.resolve("providers") + ":" + System.getProperty("java.class.path"),
                RuntimeMain.class.getName(),
                "--spec",
                spec.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--management-port",
                "0"));
        command.addAll(List.of(more));
        service = RunningService.start(new ProcessBuilder(command));
        assertThat(service.output()).matches("Listening on port \\d+ \\(management on \\d+\\): .*\\R(?s:.*)");
    }

    private CompletableFuture<HttpResponse<String>> ask(HttpRequest.Builder request) {
        return service.client()
                .sendAsync(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int management(String target) throws IOException, InterruptedException {
        return service.send(service.management(target)).statusCode();
    }

    private void awaitActive() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.metric("http_server_active_requests"))
                        .isEqualTo(1));
    }

    @Test
    void aRequestInFlightIsAnsweredAndTheProcessEndsWithZero() throws Exception {
        // given
        start();
        CompletableFuture<HttpResponse<String>> answer = ask(service.request("/slow?ms=2500"));
        awaitActive();

        // when
        service.terminate();

        // then
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("slow and done");
        assertThat(service.awaitEnd(Duration.ofSeconds(20))).isZero();
    }

    @Test
    void duringTheDelayItIsNotReadyAndGoesOnToAnswer() throws Exception {
        // given
        start("--shutdown-delay-seconds", "3");
        assertThat(management("/ready")).isEqualTo(200);

        // when
        service.terminate();

        // then
        Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> management("/ready") == 503);
        assertThat(management("/health")).isEqualTo(200);
        HttpResponse<String> answer = service.get("/slow");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("connection")).contains("close");
        assertThat(service.awaitEnd(Duration.ofSeconds(20))).isZero();
        assertThat(ask(service.request("/slow")))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aHandlerThatDoesNotEndIsLeftBehindAfterTheDrain() throws Exception {
        // given
        start("--drain-seconds", "1");
        CompletableFuture<HttpResponse<String>> answer = ask(service.request("/slow?ms=60000"));
        awaitActive();

        // when
        service.terminate();

        // then
        assertThat(service.awaitEnd(Duration.ofSeconds(20))).isZero();
        assertThat(answer).isNotNull();
    }
}

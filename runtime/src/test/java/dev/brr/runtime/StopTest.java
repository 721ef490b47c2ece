package dev.brr.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service in a process of its own, told to stop. */
@Timeout(90)
class StopTest {
    private static final Pattern LISTENING = Pattern.compile("Listening on port (\\d+) \\(management on (\\d+)\\): .*");
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

    private final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // each test starts it first
    private Process process;

    private int port;
    private int managementPort;

    @BeforeEach
    void providers() throws IOException {
        Path services = Files.createDirectories(folder.resolve("providers/META-INF/services"));
        Files.writeString(
                services.resolve("dev.brr.runtime.handler.OperationHandlerProvider"), SlowHandlers.class.getName());
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
        client.close();
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
        process = new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(out.readLine());
        Matcher matcher = LISTENING.matcher(line);
        assertThat(matcher.matches())
                .as("%s%n%s", line, Files.readString(folder.resolve("stderr")))
                .isTrue();
        port = Integer.parseInt(matcher.group(1));
        managementPort = Integer.parseInt(matcher.group(2));
    }

    private CompletableFuture<HttpResponse<String>> ask(int ofPort, String target) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ofPort + target))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void awaitActive() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ask(managementPort, "/metrics").get().body().contains("http_server_active_requests 1.0"));
    }

    @Test
    void aRequestInFlightIsAnsweredAndTheProcessEndsWithZero() throws Exception {
        // given
        start();
        CompletableFuture<HttpResponse<String>> answer = ask(port, "/slow?ms=2500");
        awaitActive();

        // when
        process.destroy();

        // then
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("slow and done");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void duringTheDelayItIsNotReadyAndGoesOnToAnswer() throws Exception {
        // given
        start("--shutdown-delay-seconds", "3");
        assertThat(ask(managementPort, "/ready").get().statusCode()).isEqualTo(200);

        // when
        process.destroy();

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> ask(managementPort, "/ready").get().statusCode() == 503);
        assertThat(ask(managementPort, "/health").get().statusCode()).isEqualTo(200);
        HttpResponse<String> answer = ask(port, "/slow").get();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("connection")).contains("close");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(ask(port, "/slow"))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aHandlerThatDoesNotEndIsLeftBehindAfterTheDrain() throws Exception {
        // given
        start("--drain-seconds", "1");
        CompletableFuture<HttpResponse<String>> answer = ask(port, "/slow?ms=60000");
        awaitActive();

        // when
        process.destroy();

        // then
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(answer).isNotNull();
    }
}

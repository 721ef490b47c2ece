package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.runtime.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The memory of a real service gets short and calm again, while a person samples or not. */
class BlackBoxStopsOverHttpTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private Process process;
    private int port;

    @BeforeEach
    void start() throws IOException {
        process = HurriedService.process(folder).start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).as(this::errors).startsWith("port=");
        port = Integer.parseInt(Objects.requireNonNull(line).substring("port=".length()));
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void whatTheBlackBoxBeganItEndsWhenMemoryIsCalm() throws IOException, InterruptedException {
        // given
        send("GET", "/hold", 204);
        awaitWantedBy("blackBox");
        assertThat(metric("jemalloc_prof_active")).isEqualTo(1);
        // when
        send("GET", "/release", 204);
        // then
        awaitWantedBy();
        assertThat(status().path("active").asBoolean()).isFalse();
        assertThat(metric("jemalloc_prof_active")).isZero();
        assertThat(metric("brr_blackbox_sampling")).isZero();
    }

    @Test
    void aPersonWhoNeverStartedItDoesNotStopTheBlackBox() throws IOException, InterruptedException {
        // given
        send("GET", "/hold", 204);
        awaitWantedBy("blackBox");
        // when
        JsonNode stopped = Json.MAPPER.readTree(send("POST", "/debug/heap/stop", 200));
        // then
        assertThat(wantedBy(stopped)).containsExactly("blackBox");
        assertThat(stopped.path("active").asBoolean()).isTrue();
        assertThat(metric("jemalloc_prof_active")).isEqualTo(1);
    }

    @Test
    void theBlackBoxDoesNotEndWhatAPersonBegan() throws IOException, InterruptedException {
        // given
        send("POST", "/debug/heap/start", 200);
        send("GET", "/hold", 204);
        awaitWantedBy("person", "blackBox");
        // when
        send("GET", "/release", 204);
        awaitWantedBy("person");
        // then
        assertThat(status().path("active").asBoolean()).isTrue();
        assertThat(metric("jemalloc_prof_active")).isEqualTo(1);
        JsonNode stopped = Json.MAPPER.readTree(send("POST", "/debug/heap/stop", 200));
        assertThat(wantedBy(stopped)).isEmpty();
        assertThat(stopped.path("active").asBoolean()).isFalse();
    }

    @Test
    void aPersonWhoJoinsAndLeavesChangesNothingForTheBlackBox() throws IOException, InterruptedException {
        // given
        send("GET", "/hold", 204);
        awaitWantedBy("blackBox");
        send("POST", "/debug/heap/start", 200);
        send("POST", "/debug/heap/stop", 200);
        assertThat(wantedBy(status())).containsExactly("blackBox");
        // when
        send("GET", "/release", 204);
        // then
        awaitWantedBy();
        assertThat(metric("jemalloc_prof_active")).isZero();
    }

    private void awaitWantedBy(String... parties) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(wantedBy(status())).as(this::errors).containsExactly(parties));
    }

    private JsonNode status() throws IOException, InterruptedException {
        return Json.MAPPER.readTree(send("GET", "/debug/heap/status", 200));
    }

    private static List<String> wantedBy(JsonNode status) {
        return status.path("wantedBy").valueStream().map(JsonNode::asString).toList();
    }

    private double metric(String name) throws IOException, InterruptedException {
        return send("GET", "/metrics", 200)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    private String send(String method, String target, int status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer sesame")
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}

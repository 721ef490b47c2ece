package dev.brr.runtime.profiling;

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

/** A person switches the sampling of a real service whose black box samples, too. */
class SharedSamplingOverHttpTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private Process process;
    private int port;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        process = LeakingService.process(
                        folder,
                        "64m",
                        "abort_conf:true,prof:true,prof_active:false",
                        Long.toString(8L << 30),
                        folder.resolve("kept").toString(),
                        "sampling")
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).as(this::errors).startsWith("port=");
        port = Integer.parseInt(Objects.requireNonNull(line).substring("port=".length()));
        await().atMost(PATIENCE).until(() -> metric("brr_blackbox_sampling") == 1);
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void aPersonsStopDoesNotEndWhatTheBlackBoxNeeds() throws IOException, InterruptedException {
        // given
        assertThat(wantedBy(send("POST", "/debug/heap/start"))).containsExactly("person", "blackBox");
        assertThat(metric("brr_blackbox_sampling")).isZero();
        // when
        JsonNode stopped = send("POST", "/debug/heap/stop");
        // then
        assertThat(wantedBy(stopped)).containsExactly("blackBox");
        assertThat(stopped.path("active").asBoolean()).isTrue();
        assertThat(metric("jemalloc_prof_active")).isEqualTo(1);
        assertThat(metric("brr_blackbox_sampling")).isEqualTo(1);
    }

    @Test
    void theStatusSaysWhoWantsIt() throws IOException, InterruptedException {
        // given
        List<String> before = wantedBy(send("GET", "/debug/heap/status"));
        // when
        send("POST", "/debug/heap/start");
        JsonNode after = send("GET", "/debug/heap/status");
        // then
        assertThat(before).containsExactly("blackBox");
        assertThat(wantedBy(after)).containsExactly("person", "blackBox");
        assertThat(after.path("active").asBoolean()).isTrue();
    }

    private static List<String> wantedBy(JsonNode status) {
        return status.path("wantedBy").valueStream().map(JsonNode::asString).toList();
    }

    private double metric(String name) throws IOException, InterruptedException {
        return text("GET", "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    private JsonNode send(String method, String target) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(text(method, target));
    }

    private String text(String method, String target) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer sesame")
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
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

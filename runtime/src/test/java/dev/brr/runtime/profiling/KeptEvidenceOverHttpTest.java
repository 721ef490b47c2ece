package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real service leaks towards its limit, is killed, and the next run gives what the first kept. */
class KeptEvidenceOverHttpTest {

    private static final long LIMIT = 500L << 20;
    private static final int MOST_CALLS = 600;
    private static final String HELD = "brr_handler_native_inuse_bytes{operation=\"leakingOperation\"}";

    @TempDir
    private static Path folder;

    /** jemalloc writes one of its statistics' names twice. */
    private static final JsonMapper LENIENT = JsonMapper.builder().build();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Process process;
    private static int port;
    private static List<String> kept;
    private static long heldByTheOperation;

    @BeforeAll
    static void leakAndBeKilled() throws IOException, InterruptedException {
        Process first = start();
        for (int calls = 0; count("limit_90") == 0; calls++) {
            assertThat(calls).as(KeptEvidenceOverHttpTest::errors).isLessThan(MOST_CALLS);
            send("GET", "/leak");
            waitForALook();
        }
        kept = names(json("/debug/heap/kept"));
        // The count goes up a moment before.
        await().atMost(Duration.ofMinutes(1)).until(() -> value(HELD) > 0);
        heldByTheOperation = value(HELD);
        first.destroyForcibly();
        assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
        process = start();
    }

    @AfterAll
    static void stop() {
        process.destroyForcibly();
    }

    @Test
    void bothSharesLeftEvidenceThatTheNextRunFinds() throws IOException, InterruptedException {
        // given
        // when
        JsonNode answer = json("/debug/heap/kept");
        // then
        assertThat(answer.path("formerRunKilled").asBoolean()).isTrue();
        assertThat(names(answer)).isEqualTo(kept);
        assertThat(kept).hasSize(2);
        assertThat(kept.getFirst()).contains("-limit_80-");
        assertThat(kept.getLast()).contains("-limit_90-");
        answer.path("kept")
                .forEach(entry ->
                        assertThat(entry.path("beforeRestart").asBoolean()).isTrue());
    }

    @Test
    void theEvidenceNamesTheLeakingOperation() throws IOException, InterruptedException {
        // given
        String last = "/debug/heap/kept/" + kept.getLast();
        // when
        JsonNode about = json(last + "/about.json");
        String stacks = send("GET", last + "/profile.collapsed").body();
        // then
        assertThat(about.path("reason").asString()).isEqualTo("limit_90");
        assertThat(about.path("limitBytes").asLong()).isEqualTo(LIMIT);
        assertThat(about.path("usedBytes").asLong()).isGreaterThanOrEqualTo(LIMIT / 10 * 9);
        assertThat(about.path("profile").path("javaFrames").asBoolean()).isTrue();
        assertThat(about.at("/profile/operations/0/operation").asString()).isEqualTo("leakingOperation");
        assertThat(stacks.lines().findFirst().orElse("")).startsWith("leakingOperation;");
    }

    @Test
    void theEvidenceHasTheStatisticsOfTheAllocator() throws IOException, InterruptedException {
        // given
        String last = "/debug/heap/kept/" + kept.getLast();
        // when
        JsonNode statistics = json(last + "/statistics.json");
        JsonNode about = json(last);
        // then
        assertThat(statistics.path("jemalloc").path("version").asString()).startsWith("5.");
        assertThat(about.at("/jemalloc/allocatedBytes").asLong()).isGreaterThan(LIMIT / 5);
        assertThat(about.at("/jvm/heapCommittedBytes").asLong()).isPositive();
    }

    @Test
    void whatTheOperationHeldWasMeteredFromTheKeptProfile() {
        // given
        // when
        long held = heldByTheOperation;
        // then
        assertThat(held).isBetween(1L << 20, LIMIT);
    }

    @Test
    void toolsGetThePprofFile() throws IOException, InterruptedException {
        // given
        // when
        HttpResponse<String> file = send("GET", "/debug/heap/kept/" + kept.getFirst() + "/profile.pb.gz");
        // then
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(file.body()).startsWith("\u001f");
    }

    @Test
    void metricsAndStatusSayThatItIsFromBefore() throws IOException, InterruptedException {
        // given
        // when
        String metrics = send("GET", "/metrics").body();
        JsonNode status = json("/debug/heap/status").path("blackBox");
        // then
        assertThat(metrics)
                .contains("brr_blackbox_active 1", "brr_blackbox_former_entries 2", "brr_blackbox_former_killed 1")
                .contains("brr_blackbox_kept_total{reason=\"limit_90\"} 0")
                .doesNotContain("brr_blackbox_last_kept_timestamp_seconds 0");
        assertThat(status.path("keptBeforeRestart").asInt()).isEqualTo(2);
        assertThat(status.path("formerRunKilled").asBoolean()).isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException, InterruptedException {
        // given
        // when
        // then
        assertThat(send("GET", "/debug/heap/kept/nothing/about.json").statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/debug/heap/kept/" + kept.getFirst() + "/passwd")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/debug/heap/kept/..%2F..%2Ftoken").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/debug/heap/kept").statusCode()).isEqualTo(405);
        assertThat(send("GET", "/debug/heap/kept?last=1").statusCode()).isEqualTo(400);
    }

    private static Process start() throws IOException {
        Process started = LeakingService.process(
                        folder,
                        "64m",
                        "abort_conf:true,prof:true,prof_active:false",
                        Long.toString(LIMIT),
                        folder.resolve("kept").toString())
                .start();
        String line = started.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).as(KeptEvidenceOverHttpTest::errors).startsWith("port=");
        port = Integer.parseInt(Objects.requireNonNull(line).substring("port=".length()));
        return started;
    }

    /** A leak that is faster than the looks would pass the first share unseen, and run on beyond the second. */
    private static void waitForALook() {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            long rss = value("process_memory_rss_bytes");
            String due = rss >= LIMIT / 10 * 9 ? "limit_90" : rss >= LIMIT / 10 * 8 ? "limit_80" : "";
            return due.isEmpty() || count(due) > 0;
        });
    }

    private static long value(String metric) throws IOException, InterruptedException {
        return send("GET", "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(metric.length() + 1)))
                .sum();
    }

    /** How often the running service kept evidence. */
    private static long count(String reason) throws IOException, InterruptedException {
        return send("GET", "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("brr_blackbox_kept_total{reason=\"" + reason + "\"}"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf('}') + 1)))
                .sum();
    }

    private static List<String> names(JsonNode answer) {
        return answer.path("kept")
                .valueStream()
                .map(entry -> entry.path("name").asString())
                .toList();
    }

    private static JsonNode json(String target) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", target);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return LENIENT.readTree(answer.body());
    }

    private static HttpResponse<String> send(String method, String target) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofMinutes(1))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer sesame")
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private static String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}

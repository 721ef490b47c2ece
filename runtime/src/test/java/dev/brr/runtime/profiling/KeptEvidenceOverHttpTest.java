package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.runtime.server.RunningService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    private static RunningService service;
    private static List<String> kept;
    private static long heldByTheOperation;

    @BeforeAll
    static void leakAndBeKilled() throws IOException, InterruptedException {
        try (RunningService first = start()) {
            for (int calls = 0; count(first, "limit_90") == 0; calls++) {
                assertThat(calls).as(first::errors).isLessThan(MOST_CALLS);
                first.send("GET", "/leak", 204);
                waitForALook(first);
            }
            kept = names(first.json("/debug/heap/kept"));
            // The count goes up a moment before.
            await().atMost(RunningService.PATIENCE)
                    .untilAsserted(() -> assertThat(first.metric(HELD)).isPositive());
            heldByTheOperation = (long) first.metric(HELD);
        }
        service = start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void bothSharesLeftEvidenceThatTheNextRunFinds() throws IOException, InterruptedException {
        // given
        // when
        JsonNode answer = service.json("/debug/heap/kept");
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
        JsonNode about = service.json(last + "/about.json");
        String stacks = service.send("GET", last + "/profile.collapsed", 200);
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
        JsonNode statistics = LENIENT.readTree(service.send("GET", last + "/statistics.json", 200));
        JsonNode about = service.json(last);
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
        HttpResponse<String> file = service.send("GET", "/debug/heap/kept/" + kept.getFirst() + "/profile.pb.gz");
        // then
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(file.body()).startsWith("\u001f");
    }

    @Test
    void metricsAndStatusSayThatItIsFromBefore() throws IOException, InterruptedException {
        // given
        // when
        String metrics = service.metrics();
        JsonNode status = service.json("/debug/heap/status").path("blackBox");
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
        assertThat(service.send("GET", "/debug/heap/kept/nothing/about.json").statusCode())
                .isEqualTo(404);
        assertThat(service.send("GET", "/debug/heap/kept/" + kept.getFirst() + "/passwd")
                        .statusCode())
                .isEqualTo(404);
        assertThat(service.send("GET", "/debug/heap/kept/..%2F..%2Ftoken").statusCode())
                .isEqualTo(404);
        assertThat(service.send("POST", "/debug/heap/kept").statusCode()).isEqualTo(405);
        assertThat(service.send("GET", "/debug/heap/kept?last=1").statusCode()).isEqualTo(400);
    }

    private static RunningService start() throws IOException {
        return RunningService.start(LeakingService.process(
                folder,
                "64m",
                "abort_conf:true,prof:true,prof_active:false",
                Long.toString(LIMIT),
                folder.resolve("kept").toString()));
    }

    /** A leak that is faster than the looks would pass the first share unseen, and run on beyond the second. */
    private static void waitForALook(RunningService leaking) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            double rss = leaking.metric("process_memory_rss_bytes");
            String due = rss >= LIMIT / 10 * 9 ? "limit_90" : rss >= LIMIT / 10 * 8 ? "limit_80" : "";
            return due.isEmpty() || count(leaking, due) > 0;
        });
    }

    /** How often a running service kept evidence. */
    private static double count(RunningService leaking, String reason) throws IOException, InterruptedException {
        return leaking.metric("brr_blackbox_kept_total{reason=\"" + reason + "\"}");
    }

    private static List<String> names(JsonNode answer) {
        return answer.path("kept")
                .valueStream()
                .map(entry -> entry.path("name").asString())
                .toList();
    }
}

package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The memory of a real service gets short and calm again, while a person samples or not. */
class BlackBoxStopsOverHttpTest {
    @TempDir
    private Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        service = RunningService.start(HurriedService.process(folder));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void whatTheBlackBoxBeganItEndsWhenMemoryIsCalm() throws IOException, InterruptedException {
        // given
        service.send("GET", "/hold", 204);
        awaitWantedBy("blackBox");
        assertThat(service.metric("jemalloc_prof_active")).isEqualTo(1);
        // when
        service.send("GET", "/release", 204);
        // then
        awaitWantedBy();
        assertThat(status().path("active").asBoolean()).isFalse();
        assertThat(service.metric("jemalloc_prof_active")).isZero();
        assertThat(service.metric("brr_blackbox_sampling")).isZero();
    }

    @Test
    void aPersonWhoNeverStartedItDoesNotStopTheBlackBox() throws IOException, InterruptedException {
        // given
        service.send("GET", "/hold", 204);
        awaitWantedBy("blackBox");
        // when
        JsonNode stopped = service.json("POST", "/debug/heap/stop");
        // then
        assertThat(wantedBy(stopped)).containsExactly("blackBox");
        assertThat(stopped.path("active").asBoolean()).isTrue();
        assertThat(service.metric("jemalloc_prof_active")).isEqualTo(1);
    }

    @Test
    void theBlackBoxDoesNotEndWhatAPersonBegan() throws IOException, InterruptedException {
        // given
        service.send("POST", "/debug/heap/start", 200);
        service.send("GET", "/hold", 204);
        awaitWantedBy("person", "blackBox");
        // when
        service.send("GET", "/release", 204);
        awaitWantedBy("person");
        // then
        assertThat(status().path("active").asBoolean()).isTrue();
        assertThat(service.metric("jemalloc_prof_active")).isEqualTo(1);
        JsonNode stopped = service.json("POST", "/debug/heap/stop");
        assertThat(wantedBy(stopped)).isEmpty();
        assertThat(stopped.path("active").asBoolean()).isFalse();
    }

    @Test
    void aPersonWhoJoinsAndLeavesChangesNothingForTheBlackBox() throws IOException, InterruptedException {
        // given
        service.send("GET", "/hold", 204);
        awaitWantedBy("blackBox");
        service.send("POST", "/debug/heap/start", 200);
        service.send("POST", "/debug/heap/stop", 200);
        assertThat(wantedBy(status())).containsExactly("blackBox");
        // when
        service.send("GET", "/release", 204);
        // then
        awaitWantedBy();
        assertThat(service.metric("jemalloc_prof_active")).isZero();
    }

    private void awaitWantedBy(String... parties) {
        await().atMost(RunningService.PATIENCE)
                .untilAsserted(
                        () -> assertThat(wantedBy(status())).as(service::errors).containsExactly(parties));
    }

    private JsonNode status() throws IOException, InterruptedException {
        return service.json("/debug/heap/status");
    }

    private static List<String> wantedBy(JsonNode status) {
        return status.path("wantedBy").valueStream().map(JsonNode::asString).toList();
    }
}

package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.runtime.server.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A person switches the sampling of a real service whose black box samples, too. */
class SharedSamplingOverHttpTest {
    @TempDir
    private Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = RunningService.start(LeakingService.process(
                folder,
                "64m",
                "abort_conf:true,prof:true,prof_active:false",
                Long.toString(8L << 30),
                folder.resolve("kept").toString(),
                "sampling"));
        await().atMost(RunningService.PATIENCE).until(() -> service.metric("brr_blackbox_sampling") == 1);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aPersonsStopDoesNotEndWhatTheBlackBoxNeeds() throws IOException, InterruptedException {
        // given
        assertThat(wantedBy(service.json("POST", "/debug/heap/start"))).containsExactly("person", "blackBox");
        assertThat(service.metric("brr_blackbox_sampling")).isZero();
        // when
        JsonNode stopped = service.json("POST", "/debug/heap/stop");
        // then
        assertThat(wantedBy(stopped)).containsExactly("blackBox");
        assertThat(stopped.path("active").asBoolean()).isTrue();
        assertThat(service.metric("jemalloc_prof_active")).isEqualTo(1);
        assertThat(service.metric("brr_blackbox_sampling")).isEqualTo(1);
    }

    @Test
    void theStatusSaysWhoWantsIt() throws IOException, InterruptedException {
        // given
        List<String> before = wantedBy(service.json("/debug/heap/status"));
        // when
        service.json("POST", "/debug/heap/start");
        JsonNode after = service.json("/debug/heap/status");
        // then
        assertThat(before).containsExactly("blackBox");
        assertThat(wantedBy(after)).containsExactly("person", "blackBox");
        assertThat(after.path("active").asBoolean()).isTrue();
    }

    private static List<String> wantedBy(JsonNode status) {
        return status.path("wantedBy").valueStream().map(JsonNode::asString).toList();
    }
}

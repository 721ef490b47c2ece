package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.server.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real service that is sampled by its options, and that nobody asks for a profile until it has leaked. */
class SampledFromTheStartTest {
    private static final int CALLS = 20;
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        service = RunningService.start(
                LeakingService.process(folder, "64m", "abort_conf:true,prof:true,prof_active:true,lg_prof_sample:16"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void theFirstRequestsAreOfTheirOperationAlready() throws IOException, InterruptedException {
        // given
        for (int i = 0; i < CALLS; i++) {
            assertThat(service.get("/leak").statusCode()).isEqualTo(204);
        }
        // when
        JsonNode hungriest =
                service.json("/debug/heap/operations").path("operations").get(0);
        // then
        assertThat(hungriest.path("operationId").asString()).isEqualTo("leakingOperation");
        assertThat(hungriest.path("inUseBytes").asLong()).isGreaterThan(CALLS * MEBIBYTE * 9 / 10);
    }
}

package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brr.runtime.contract.Json;
import dev.brr.runtime.server.RunningService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Asks real services that cannot take a profile, for one reason or another. */
class HeapWithoutProfilesTest {

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // each test starts it first
    private RunningService service;

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aProcessThatWasStartedWithoutProfHasStatisticsAndSaysSo() throws IOException, InterruptedException {
        // given
        start("abort_conf:true,prof:false");
        // when
        HttpResponse<String> profile = service.send("GET", "/debug/heap");
        HttpResponse<String> start = service.send("POST", "/debug/heap/start");
        HttpResponse<String> statistics = service.send("GET", "/debug/heap/statistics");
        JsonNode status = service.json("/debug/heap/status");
        // then
        assertThat(profile.statusCode()).isEqualTo(503);
        assertThat(profile.body()).contains("prof:true,prof_active:false", "/debug/heap/statistics");
        assertThat(profile.headers().firstValue("X-Heap-Profile-Source")).contains("statistics");
        assertThat(start.statusCode()).isEqualTo(503);
        assertThat(statistics.statusCode()).isEqualTo(200);
        assertThat(statistics.body()).startsWith("{\"jemalloc\":");
        assertThat(status.path("active").asBoolean(true)).isFalse();
        assertThat(status.path("source").asString()).isEqualTo("statistics");
        assertThat(status.path("reason").asString()).contains("without prof:true");
    }

    @Test
    void beforeSamplingStartsThereAreNativeFramesAloneAndAskingSetsNoHook() throws IOException, InterruptedException {
        // given
        start("abort_conf:true,prof:true,prof_active:false");
        // when
        HttpResponse<String> profile = service.send("GET", "/debug/heap");
        JsonNode status = service.json("/debug/heap/status");
        // then
        assertThat(profile.statusCode()).isEqualTo(200);
        assertThat(profile.headers().firstValue("X-Heap-Profile-Source")).contains("native-frames");
        assertThat(status.path("javaFrames").asBoolean(true)).isFalse();
        assertThat(status.path("reason").asString()).contains("sampling was not started yet");
    }

    @Test
    void whatOperationsAllocateIsKnownWithoutProfilesToo() throws IOException, InterruptedException {
        // given
        start("abort_conf:true,prof:false");
        // The account of a call is settled after its answer is written.
        assertThat(service.send("GET", "/calm").statusCode()).isEqualTo(204);
        await().atMost(RunningService.PATIENCE)
                .until(() -> calmBytes(service.send("GET", "/debug/heap/operations")) > 0);
        // when
        HttpResponse<String> answer = service.send("GET", "/debug/heap/operations");
        // then
        JsonNode report = Json.MAPPER.readTree(answer.body());
        JsonNode calm = report.path("operations").get(0);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Heap-Profile-Source")).contains("statistics");
        assertThat(report.path("source").asString()).isEqualTo("statistics");
        assertThat(report.path("reason").asString()).contains("without prof:true");
        assertThat(report.has("stacks")).isFalse();
        assertThat(calm.path("operationId").asString()).isEqualTo("calmOperation");
        assertThat(calm.has("inUseBytes")).isFalse();
        assertThat(calm.path("nativeAllocatedBytes").asLong()).isGreaterThanOrEqualTo(1 << 20);
        assertThat(calm.path("javaAllocatedBytes").asLong()).isPositive();
    }

    private static long calmBytes(HttpResponse<String> answer) {
        JsonNode first = Json.MAPPER.readTree(answer.body()).path("operations").get(0);
        return first.path("nativeAllocatedBytes").asLong();
    }

    @Test
    void beforeSamplingStartsNobodyIsSaidToHoldNothing() throws IOException, InterruptedException {
        // given
        start("abort_conf:true,prof:true,prof_active:false");
        // when
        JsonNode report = service.json("/debug/heap/operations");
        // then
        assertThat(report.path("source").asString()).isEqualTo("native-frames");
        assertThat(report.path("operations").size()).isEqualTo(3);
        assertThat(report.path("operations").valueStream()).noneMatch(operation -> operation.has("inUseBytes"));
    }

    @Test
    void whereTheDumpIsCutOffTheAnswerSaysSoAndTheServiceServesOn() throws IOException, InterruptedException {
        // given: a limit on the size of files, which cuts what is written off as a full disk does
        start("abort_conf:true,prof:true,prof_active:false");
        Process limit = new ProcessBuilder("prlimit", "--fsize=8", "--pid", Long.toString(service.pid()))
                .inheritIO()
                .start();
        assertThat(limit.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(limit.exitValue()).isZero();
        // when
        HttpResponse<String> profile = service.send("GET", "/debug/heap");
        // then
        assertThat(profile.statusCode()).isEqualTo(503);
        assertThat(profile.body())
                .contains("The heap profile could not be taken", "the heap dump cannot be read, line 1");
        assertThat(service.send("GET", "/debug/heap/status").statusCode()).isEqualTo(200);
        assertThat(service.send("GET", "/calm").statusCode()).isEqualTo(204);
    }

    private void start(String mallocConf) throws IOException {
        service = RunningService.start(LeakingService.process(folder, "64m", mallocConf));
    }
}

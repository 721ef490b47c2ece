package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.Json;
import dev.brr.runtime.server.RunningService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Asks a real service, which leaks, on the real allocator. */
class HeapProfilesOverHttpTest {

    private static final long CALLS = 60;
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void leak() throws IOException, InterruptedException {
        service = RunningService.start(
                LeakingService.process(folder, "128m", "abort_conf:true,prof:true,prof_active:false"));
        service.send("POST", "/debug/heap/start", 200);
        service.send("POST", "/debug/heap/reset?lg_sample=16", 200);
        for (int i = 0; i < CALLS; i++) {
            assertThat(service.get("/leak").statusCode()).isEqualTo(204);
            assertThat(service.get("/calm").statusCode()).isEqualTo(204);
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theLeakingOperationHoldsWhatItLeaked() throws IOException, InterruptedException {
        // given
        // when
        JsonNode profile = service.json("/debug/heap/operations");
        // then
        JsonNode hungriest = profile.path("stacks").get(0);
        assertThat(hungriest.path("frames").get(0).asString()).isEqualTo("leakingOperation");
        assertThat(hungriest.path("bytes").asLong()).isCloseTo(CALLS * MEBIBYTE, Percentage.withPercentage(10));
    }

    @Test
    void eachOperationHasWhatItHoldsAndWhatItHasAllocated() throws IOException, InterruptedException {
        // given
        long lastMayCome = (CALLS - 1) * MEBIBYTE;
        // when
        JsonNode operations = service.json("/debug/heap/operations").path("operations");
        // then
        JsonNode leaking = operations.get(0);
        JsonNode calm = operation(operations, "calmOperation");
        assertThat(leaking.path("operationId").asString()).isEqualTo("leakingOperation");
        assertThat(leaking.path("inUseBytes").asLong()).isGreaterThan(CALLS * MEBIBYTE * 9 / 10);
        assertThat(leaking.path("nativeAllocatedBytes").asLong()).isGreaterThanOrEqualTo(lastMayCome);
        assertThat(leaking.path("javaAllocatedBytes").asLong()).isPositive();
        assertThat(calm.path("inUseBytes").asLong(-1)).isBetween(0L, MEBIBYTE);
        assertThat(calm.path("nativeAllocatedBytes").asLong()).isGreaterThanOrEqualTo(lastMayCome);
    }

    private static JsonNode operation(JsonNode operations, String operationId) {
        return operations
                .valueStream()
                .filter(operation -> operation.path("operationId").asString().equals(operationId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + operationId + " in " + operations));
    }

    @Test
    void theCollapsedStackLeadsFromTheOperationToTheAllocation() throws IOException, InterruptedException {
        // given
        // when
        String stacks = service.send("GET", "/debug/heap?format=collapsed").body();
        // then
        assertThat(stacks.lines().findFirst().orElse(""))
                .startsWith("leakingOperation;")
                .contains("dev.brr.runtime.profiling.LeakingService.", "com.sun.jna.Memory.<init>");
    }

    /** Of the class, not of the profile: a compilation that runs meanwhile holds megabytes of its own. */
    @Test
    void whatLeakedIsOfTheClassOfItsAllocation() throws IOException, InterruptedException {
        // given
        long leaked = bytes(service.json("/debug/heap/operations"), "leakingOperation");
        // when
        JsonNode profile = service.json("/debug/heap?format=json&by=class-of-allocation");
        // then
        assertThat(bytes(profile, "JNA")).isCloseTo(leaked, Percentage.withPercentage(5));
    }

    @Test
    void aDifferenceShowsWhatCameSince() throws IOException, InterruptedException {
        // given
        String number = service.send("GET", "/debug/heap")
                .headers()
                .firstValue("X-Heap-Profile")
                .orElseThrow();
        for (int i = 0; i < 10; i++) {
            service.get("/leak");
        }
        // when
        JsonNode growth = service.json("/debug/heap/diff?format=json&by=operation&from=" + number);
        // then
        JsonNode first = growth.path("stacks").get(0);
        assertThat(first.path("frames").get(0).asString()).isEqualTo("leakingOperation");
        assertThat(first.path("bytes").asLong()).isCloseTo(10L << 20, Percentage.withPercentage(15));
    }

    @Test
    void whatOperationsAllocateIsMetered() throws IOException, InterruptedException {
        // given
        // when
        long leaking = metered("brr_handler_native_allocated_bytes_total", "leakingOperation");
        long calm = metered("brr_handler_native_allocated_bytes_total", "calmOperation");
        // then
        assertThat(leaking).isBetween(CALLS * MEBIBYTE, 2 * CALLS * MEBIBYTE);
        assertThat(calm).isBetween(CALLS * MEBIBYTE, 2 * CALLS * MEBIBYTE);
        assertThat(metered("brr_handler_java_allocated_bytes_total", "leakingOperation"))
                .isPositive();
    }

    @Test
    void callsThatCouldNotBeFollowedAreMetered() throws IOException, InterruptedException {
        // given
        long pinned = service.json("/debug/heap/status").path("unfollowedCalls").asLong(-1);
        // when
        assertThat(service.get("/pinned").statusCode()).isEqualTo(204);
        // then
        assertThat(service.metric("brr_handler_unfollowed_calls_total")).isEqualTo(pinned + 1);
        assertThat(service.json("/debug/heap/status").path("unfollowedCalls").asLong())
                .isEqualTo(pinned + 1);
    }

    @Test
    void whatOperationsHoldIsMeteredOnceThereIsAProfile() throws IOException, InterruptedException {
        // given
        long held = bytes(service.json("/debug/heap/operations"), "leakingOperation");
        // when
        long metered = metered("brr_handler_native_inuse_bytes", "leakingOperation");
        // then
        assertThat(metered).isCloseTo(held, Percentage.withPercentage(20));
    }

    @Test
    void whoHoldsMostIsNamedWithTheAllocatorsReport() throws IOException, InterruptedException {
        // given
        service.json("/debug/heap/operations");
        // when
        JsonNode report = Json.MAPPER.readTree(service.get("/malloc").body());
        // then
        assertThat(report.at("/hungriestOperation/operationId").asString()).isEqualTo("leakingOperation");
        assertThat(report.at("/hungriestOperation/measure").asString()).isEqualTo("inUse");
    }

    private static long metered(String name, String operation) throws IOException, InterruptedException {
        return (long) service.metric(name + "{operation=\"" + operation + "\"}");
    }

    @Test
    void aPersonGetsAFlameGraph() throws IOException, InterruptedException {
        // given
        // when
        HttpResponse<String> page = service.send("GET", "/debug/heap?format=html");
        // then
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("leakingOperation");
    }

    @Test
    void encodedValuesAreDecoded() throws IOException, InterruptedException {
        // given
        // when
        JsonNode profile = service.json("/debug/heap?format=%6Ason&by=class%2Dof%2Dallocation");
        // then
        assertThat(bytes(profile, "JNA")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/debug/pprof/heap", "/debug/heap", "/debug/heap/operations", "/debug/heap/diff?from=%s"})
    void eachProfileSaysThatItHasJavaFrames(String target) throws IOException, InterruptedException {
        // given
        String number = service.send("GET", "/debug/heap")
                .headers()
                .firstValue("X-Heap-Profile")
                .orElseThrow();
        // when
        HttpResponse<String> profile = service.send("GET", target.formatted(number));
        // then
        assertThat(profile.statusCode()).isEqualTo(200);
        assertThat(profile.headers().firstValue("X-Heap-Profile-Source")).contains("java-frames");
    }

    @Test
    void theAllocatorsOwnFramesAreInNoStack() throws IOException, InterruptedException {
        // given
        // when
        String stacks = service.send("GET", "/debug/heap").body();
        // then
        assertThat(stacks.lines().findFirst().orElse("")).doesNotContain("libjemalloc", "libbrrprof");
    }

    @Test
    void whatJemallocCountsIsThereToo() throws IOException, InterruptedException {
        // given
        // when
        HttpResponse<String> statistics = service.send("GET", "/debug/heap/statistics");
        // then
        assertThat(statistics.statusCode()).isEqualTo(200);
        assertThat(statistics.headers().firstValue("content-type")).contains("application/json");
        assertThat(statistics.body()).startsWith("{\"jemalloc\":").contains("\"allocated\":");
    }

    @Test
    void toolsGetAPprofFile() throws IOException, InterruptedException {
        // given
        // when
        HttpResponse<String> file = service.send("GET", "/debug/pprof/heap");
        // then
        assertThat(file.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(file.body()).startsWith("\u001f");
    }

    @Test
    void theStateSaysWhetherJavaFramesAreThere() throws IOException, InterruptedException {
        // given
        // when
        JsonNode status = service.json("/debug/heap/status");
        // then
        assertThat(status.path("active").asBoolean()).isTrue();
        assertThat(status.path("javaFrames").asBoolean()).isTrue();
        assertThat(status.path("source").asString()).isEqualTo("java-frames");
        assertThat(status.path("operationsOfVirtualThreads").asBoolean()).isTrue();
        assertThat(status.path("unfollowedCalls").asLong(-1)).isNotNegative();
        assertThat(status.path("samples").asLong()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /debug/heap?format=svg,           'format: is one of pprof, collapsed, html, json, not svg'",
        "GET,  /debug/heap?by=thread,            'by: is one of stack, operation, class-of-allocation, not thread'",
        "GET,  /debug/heap/diff?from=99,         'from: there is no profile 99; kept are'",
        "GET,  /debug/heap/diff?from=first,      'from: there is no profile first; kept are'",
        "GET,  /debug/heap?formt=html,           'formt: is none of format, by'",
        "GET,  /debug/heap?format=html&format=json, 'format: is there twice'",
        "GET,  /debug/heap?format=%FF,           'format: is'",
        "GET,  /debug/heap/operations?by=stack,  'by: there are no parameters here'",
        "GET,  /debug/pprof/heap?seconds=5,      'seconds: there are no parameters here; /debug/heap/diff compares two moments'",
        "POST, /debug/heap/start?sample=16,      'sample: there are no parameters here'",
        "POST, /debug/heap/reset?lgsample=16,    'lgsample: is none of lg_sample'",
        "POST, /debug/heap/reset?lg_sample=3,    'lg_sample: has to be a whole number from 12 to 30, not 3'",
        "POST, /debug/heap/reset?lg_sample=9999, 'lg_sample: has to be a whole number from 12 to 30, not 9999'",
    })
    void whatCannotBeDoneIsRefusedWithItsParameter(String method, String target, String detail)
            throws IOException, InterruptedException {
        // given
        // when
        HttpResponse<String> refusal = service.send(method, target);
        // then
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains(detail);
    }

    private static long bytes(JsonNode profile, String frame) {
        for (JsonNode stack : profile.path("stacks")) {
            if (stack.path("frames").get(0).asString().equals(frame)) {
                return stack.path("bytes").asLong();
            }
        }
        return 0;
    }
}

package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.StackFrame;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.metrics.OperationMemoryMetrics.Allocated;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OperationsReportTest {
    private static final HeapProfile PROFILE = new HeapProfile(
            Instant.parse("2026-01-02T03:04:05Z"),
            524_288,
            List.of(stack("addPet", 4_000), stack("getPet", 3_000), stack("getPet", 2_000), stack("", 500)));

    @Test
    void eachOperationIsThereWithAllThatIsKnownOfIt() {
        // given
        Map<String, Allocated> allocated = Map.of(
                "getPet", new Allocated(70_000, 7L), "addPet", new Allocated(80_000, 8L), "idle", new Allocated(0, 0L));
        // when
        Reply reply = OperationsReport.of(allocated, PROFILE, ProfileSource.JAVA_FRAMES);
        // then
        assertThat(operations(reply)).isEqualTo("""
                [{"inUseBytes":5000,"javaAllocatedBytes":7,"nativeAllocatedBytes":70000,"operationId":"getPet"},
                {"inUseBytes":4000,"javaAllocatedBytes":8,"nativeAllocatedBytes":80000,"operationId":"addPet"},
                {"inUseBytes":0,"javaAllocatedBytes":0,"nativeAllocatedBytes":0,"operationId":"idle"}]
                """.replace("\n", ""));
    }

    @Test
    void theProfileIsThereAsItWasGrouped() {
        // given
        // when
        JsonNode report = json(OperationsReport.of(Map.of(), PROFILE, ProfileSource.JAVA_FRAMES));
        // then
        assertThat(report.path("taken").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(report.path("source").asString()).isEqualTo("java-frames");
        assertThat(report.path("bytes").asLong()).isEqualTo(9_500);
        assertThat(report.path("sampleBytes").asLong()).isEqualTo(524_288);
        assertThat(report.path("stacks").size()).isEqualTo(3);
        assertThat(report.at("/stacks/0/frames/0").asString()).isEqualTo("getPet");
        assertThat(report.at("/stacks/0/operation").asString()).isEqualTo("getPet");
        assertThat(report.at("/stacks/0/bytes").asLong()).isEqualTo(5_000);
        assertThat(report.at("/stacks/2/frames/0").asString()).isEqualTo("no operation");
    }

    @Test
    void whatIsNotCountedIsNotSaid() {
        // given
        Map<String, Allocated> allocated = Map.of("addPet", new Allocated(80_000, null));
        // when
        Reply reply = OperationsReport.of(allocated, PROFILE, ProfileSource.JAVA_FRAMES);
        // then
        assertThat(operations(reply)).isEqualTo("""
                [{"inUseBytes":5000,"operationId":"getPet"},
                {"inUseBytes":4000,"nativeAllocatedBytes":80000,"operationId":"addPet"}]
                """.replace("\n", ""));
    }

    @Test
    void aProfileOfNativeFramesKnowsNoOperations() {
        // given
        Map<String, Allocated> allocated = Map.of("addPet", new Allocated(80_000, 8L));
        // when
        Reply reply = OperationsReport.of(allocated, PROFILE, ProfileSource.NATIVE_FRAMES);
        // then
        assertThat(operations(reply))
                .isEqualTo("[{\"javaAllocatedBytes\":8,\"nativeAllocatedBytes\":80000,\"operationId\":\"addPet\"}]");
    }

    @Test
    void withoutAProfileTheReasonStandsBesideWhatIsAllocatedMostFirst() {
        // given
        Map<String, Allocated> allocated = Map.of(
                "a",
                new Allocated(1, 9L),
                "b",
                new Allocated(3, 8L),
                "c",
                new Allocated(3, 7L),
                "d",
                new Allocated(2, 6L));
        // when
        Reply reply = OperationsReport.withoutProfile(allocated, ProfileSource.STATISTICS, "built without it");
        // then
        JsonNode report = json(reply);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).contains(new Reply.Header("X-Heap-Profile-Source", "statistics"));
        assertThat(report.propertyNames()).containsExactlyInAnyOrder("source", "reason", "operations");
        assertThat(report.path("reason").asString()).isEqualTo("built without it");
        assertThat(report.path("operations")
                        .valueStream()
                        .map(operation -> operation.path("operationId").asString()))
                .containsExactly("b", "c", "d", "a");
        assertThat(report.path("operations").valueStream()).noneMatch(operation -> operation.has("inUseBytes"));
    }

    private static String operations(Reply reply) {
        return json(reply).path("operations").toString();
    }

    private static JsonNode json(Reply reply) {
        return Json.MAPPER.readTree(new String(reply.body(), StandardCharsets.UTF_8));
    }

    private static HeapProfile.Stack stack(String operation, long bytes) {
        return new HeapProfile.Stack(
                List.of(new StackFrame("Handler.handle", "", 0, StackFrame.Kind.JAVA)), operation, bytes, 1);
    }
}

package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.blackbox.BlackBox;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.dispatch.Exchange;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.metrics.OperationMemoryMetrics;
import dev.brr.runtime.metrics.RuntimeMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what those hear where there is no profiler. */
class HeapEndpointsTest {

    private static final Jemalloc ABSENT =
            new Jemalloc.Absent(Absence.NOT_PRELOADED, "LD_PRELOAD is not set; preload libjemalloc.so.2");

    private static final BlackBox.Started NOTHING_KEPT = new BlackBox.Started.Off("no blackbox.directory is set");

    private static final OperationMemoryMetrics NOTHING_COUNTED = new RuntimeMetrics(ABSENT).memory();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeToken() throws IOException {
        file = folder.resolve("token");
        Files.writeString(file, "sesame\n");
    }

    @ParameterizedTest
    @EnumSource(DebugPath.class)
    void everyPathThatIsNamedIsAnswered(DebugPath path) {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.empty(), NOTHING_KEPT, NOTHING_COUNTED);
        // then
        assertThat(DebugPath.answersAt(path.text())).isTrue();
        assertThat(endpoints.answer(new Asked("GET", path.text(), List.of()))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/debug/pprof/heap",
                "/debug/heap",
                "/debug/heap/diff",
                "/debug/heap/operations",
                "/debug/heap/status",
                "/debug/heap/statistics",
                "/debug/heap/start",
                "/debug/heap/stop",
                "/debug/heap/reset",
                "/debug/heap/kept",
                "/debug/heap/kept/20260101T000000.000Z-limit_80-00000000/about.json"
            })
    void withoutATokenFileEverythingIsClosedAndSaysHowToOpenIt(String path) {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.empty(), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints.answer(new Asked("GET", path, List.of("Bearer sesame")));
        // then
        assertThat(reply).map(Reply::status).contains(403);
        assertThat(text(reply.orElseThrow())).contains("BRR_DEBUG_TOKEN_FILE");
    }

    @Test
    void whileTheFileIsNotThereItIsClosed() throws IOException {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        Files.delete(file);
        // when
        var reply = endpoints.answer(new Asked("GET", "/debug/heap", List.of("Bearer sesame")));
        // then
        assertThat(reply).map(Reply::status).contains(403);
    }

    @Test
    void aFileThatCannotBeReadIsNotTakenForNone() throws IOException {
        // given: who may read everything cannot read a folder as a file
        Path unreadable = Files.createDirectory(folder.resolve("folder"));
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(unreadable), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints.answer(new Asked("GET", "/debug/heap", List.of("Bearer sesame")));
        // then
        assertThat(reply).map(Reply::status).contains(403);
        assertThat(text(reply.orElseThrow()))
                .contains("cannot be read", "the log of the service says why")
                .doesNotContain("No token is configured", unreadable.toString());
    }

    @Test
    void whyAFileCannotBeReadIsToldOnceUntilItCanBe() throws IOException {
        // given
        Path token = Files.createDirectory(folder.resolve("mended"));
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(token), NOTHING_KEPT, NOTHING_COUNTED);
        Asked asked = new Asked("GET", "/debug/heap", List.of("Bearer sesame"));
        try (var log = new ToldLines(DebugToken.class)) {
            // when
            endpoints.answer(asked);
            endpoints.answer(asked);
            var toldOfTwo = List.copyOf(log.lines());
            Files.delete(token);
            Files.writeString(token, "sesame");
            var mended = endpoints.answer(asked);
            Files.delete(token);
            Files.createDirectory(token);
            endpoints.answer(asked);
            // then
            assertThat(toldOfTwo).singleElement(STRING).contains("debug.tokenFile", "Is a directory");
            assertThat(mended).map(Reply::status).contains(503);
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void aFileThatIsNotThereIsNotToldOf() {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(folder.resolve("none")), NOTHING_KEPT, NOTHING_COUNTED);
        try (var log = new ToldLines(DebugToken.class)) {
            // when
            var reply = endpoints.answer(new Asked("GET", "/debug/heap", List.of("Bearer sesame")));
            // then
            assertThat(text(reply.orElseThrow())).contains("No token is configured");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void anEmptyTokenOpensNothing() throws IOException {
        // given
        Files.writeString(file, " \n");
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints.answer(new Asked("GET", "/debug/heap", List.of("Bearer ")));
        // then
        assertThat(reply).map(Reply::status).contains(403);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer sesame,         503",
        "bearer   sesame,       503",
        "Bearer sesam,          401",
        "Bearer sesame2,        401",
        "Bearer SESAME,         401",
        "Basic sesame,          401",
        "sesame,                401",
        "'',                    401",
    })
    void onlyTheTokenGetsAsFarAsTheProfiler(String authorization, int status) {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints.answer(new Asked("GET", "/debug/heap", List.of(authorization)));
        // then
        assertThat(reply).map(Reply::status).contains(status);
    }

    @Test
    void aRefusalNamesTheSchemeAndNotTheToken() {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints.answer(new Asked("GET", "/debug/heap", List.of())).orElseThrow();
        // then
        assertThat(reply.headers()).contains(new Reply.Header("WWW-Authenticate", "Bearer realm=\"debug\""));
        assertThat(text(reply)).doesNotContain("sesame");
    }

    @Test
    void twoHeadersAreNoCredentials() {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints.answer(new Asked("GET", "/debug/heap", List.of("Bearer sesame", "Bearer sesame")));
        // then
        assertThat(reply).map(Reply::status).contains(401);
    }

    @Test
    void aNewTokenCountsAtOnce() throws IOException {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        Files.writeString(file, "another");
        // when
        var old = endpoints.answer(new Asked("GET", "/debug/heap", List.of("Bearer sesame")));
        var fresh = endpoints.answer(new Asked("GET", "/debug/heap", List.of("Bearer another")));
        // then
        assertThat(old).map(Reply::status).contains(401);
        assertThat(fresh).map(Reply::status).contains(503);
    }

    @Test
    void withoutAProfilerTheReasonIsSaid() {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints.answer(new Asked("GET", "/debug/heap", List.of("Bearer sesame")));
        // then
        assertThat(text(reply.orElseThrow())).contains("LD_PRELOAD is not set; preload libjemalloc.so.2");
    }

    @Test
    void whatStandsInForAProfileIsSaid() {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var profile = endpoints
                .answer(new Asked("GET", "/debug/heap", List.of("Bearer sesame")))
                .orElseThrow();
        var statistics = endpoints
                .answer(new Asked("GET", "/debug/heap/statistics", List.of("Bearer sesame")))
                .orElseThrow();
        // then
        assertThat(List.of(profile, statistics)).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers()).contains(new Reply.Header("X-Heap-Profile-Source", "none"));
            assertThat(text(reply)).contains("LD_PRELOAD is not set");
        });
    }

    @Test
    void theStateIsToldWithoutAProfilerToo() {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints
                .answer(new Asked("GET", "/debug/heap/status", List.of("Bearer sesame")))
                .orElseThrow();
        // then
        assertThat(reply.status()).isEqualTo(200);
        var status = Json.MAPPER.readTree(reply.body());
        assertThat(status.path("active").asBoolean(true)).isFalse();
        assertThat(status.path("source").asString()).isEqualTo("none");
        assertThat(status.path("reason").asString()).startsWith("LD_PRELOAD is not set");
        assertThat(status.at("/blackBox/active").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /debug/heap,        GET",
        "DELETE, /debug/heap/diff,   GET",
        "GET,    /debug/heap/start,  POST",
        "GET,    /debug/heap/stop,   POST",
        "GET,    /debug/heap/reset,  POST",
    })
    void anotherMethodIsRefusedWithTheOneThatIsAllowed(String method, String path, String allow) {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints
                .answer(new Asked(method, path, List.of("Bearer sesame")))
                .orElseThrow();
        // then
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers()).contains(new Reply.Header("Allow", allow));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/debug", "/debug/", "/debug/heap/", "/debug/pprof/profile", "/heap"})
    void otherPathsAreNotItsOwn(String path) {
        // given
        var endpoints = new HeapEndpoints(ABSENT, Optional.of(file), NOTHING_KEPT, NOTHING_COUNTED);
        // when
        var reply = endpoints.answer(new Asked("GET", path, List.of("Bearer sesame")));
        // then
        assertThat(reply).isEmpty();
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private record Asked(String method, String rawPath, List<String> authorization) implements Exchange {
        @Override
        public String rawQuery() {
            return "";
        }

        @Override
        public List<String> header(String name) {
            return name.equals("authorization") ? authorization : List.of();
        }

        @Override
        public InetAddress remoteAddress() {
            return InetAddress.ofLiteral("192.0.2.1");
        }

        @Override
        public long contentLength() {
            return 0;
        }

        @Override
        public byte[] body(long limit) {
            return new byte[0];
        }
    }
}

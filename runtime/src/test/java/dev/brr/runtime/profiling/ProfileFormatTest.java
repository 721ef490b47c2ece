package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.StackFrame;
import dev.brr.runtime.contract.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFormatTest {

    private static final HeapProfile PROFILE = new HeapProfile(
            Instant.parse("2026-01-02T03:04:05Z"),
            524_288,
            List.of(
                    stack("getPet", 3_000, "java.util.zip.Deflater.init"),
                    stack("getPet", 2_000, "java.nio.DirectByteBuffer.<init>"),
                    stack("addPet", 4_000, "java.util.zip.Inflater.init"),
                    stack("", 500, "com.sun.jna.Memory.<init>")));

    @ParameterizedTest
    @CsvSource({
        "pprof,     application/octet-stream",
        "collapsed, text/plain; charset=utf-8",
        "html,      text/html; charset=utf-8",
        "json,      application/json",
    })
    void aFormatHasItsContentType(String term, String contentType) {
        // given
        var format = ProfileFormat.of(term).orElseThrow();
        // when
        var reply = format.reply(PROFILE, "title", ProfileSource.JAVA_FRAMES);
        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo(contentType);
        assertThat(reply.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PPROF", "svg", "pprof ", "heap"})
    void anotherWordIsNoFormat(String term) {
        // when
        var format = ProfileFormat.of(term);
        // then
        assertThat(format).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "STACK", "thread", "class"})
    void anotherWordIsNoGrouping(String term) {
        // when
        var grouping = ProfileFormat.Grouping.of(term);
        // then
        assertThat(grouping).isEmpty();
    }

    @Test
    void byStackNothingChanges() {
        // given
        var grouping = ProfileFormat.Grouping.of("stack").orElseThrow();
        // when
        var grouped = grouping.group(PROFILE);
        // then
        assertThat(grouped).isEqualTo(PROFILE);
    }

    @Test
    void byOperationEachHasOneFrameAndWhatBelongsToNoneIsSaidSo() {
        // given
        var grouping = ProfileFormat.Grouping.of("operation").orElseThrow();
        // when
        var text = collapsed(grouping.group(PROFILE));
        // then
        assertThat(text).isEqualTo("getPet 5000\naddPet 4000\nno operation 500\n");
    }

    @Test
    void byClassOfAllocationEachHasTheLabelOfItsClass() {
        // given
        var grouping = ProfileFormat.Grouping.of("class-of-allocation").orElseThrow();
        // when
        var text = collapsed(grouping.group(PROFILE));
        // then
        assertThat(text).isEqualTo("zlib 7000\ndirect buffers 2000\nJNA 500\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack", "operation", "class-of-allocation"})
    void groupingLosesNoByte(String term) {
        // given
        var grouping = ProfileFormat.Grouping.of(term).orElseThrow();
        // when
        var grouped = grouping.group(PROFILE);
        // then
        assertThat(grouped.bytes()).isEqualTo(PROFILE.bytes());
        assertThat(grouped.taken()).isEqualTo(PROFILE.taken());
    }

    @Test
    void jsonHasTheStacksByFallingBytes() {
        // given
        // when
        var json = Json.MAPPER.readTree(ProfileFormat.JSON
                .reply(PROFILE, "", ProfileSource.NATIVE_FRAMES)
                .body());
        // then
        assertThat(json.path("taken").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.path("source").asString()).isEqualTo("native-frames");
        assertThat(json.path("bytes").asLong()).isEqualTo(9_500);
        assertThat(json.path("sampleBytes").asLong()).isEqualTo(524_288);
        var first = json.path("stacks").get(0);
        assertThat(first.path("operation").asString()).isEqualTo("addPet");
        assertThat(first.path("bytes").asLong()).isEqualTo(4_000);
        assertThat(first.path("objects").asLong()).isEqualTo(2);
        assertThat(first.path("frames").get(0).asString()).isEqualTo("java.util.zip.Inflater.init");
    }

    @Test
    void aPageOfNativeFramesSaysSoInItsTitle() {
        // given
        // when
        var page = ProfileFormat.HTML.reply(PROFILE, "Heap in use", ProfileSource.NATIVE_FRAMES);
        var pageWithJava = ProfileFormat.HTML.reply(PROFILE, "Heap in use", ProfileSource.JAVA_FRAMES);
        // then
        assertThat(new String(page.body(), StandardCharsets.UTF_8))
                .contains("<h1>Heap in use, native frames alone</h1>");
        assertThat(new String(pageWithJava.body(), StandardCharsets.UTF_8)).contains("<h1>Heap in use</h1>");
    }

    @Test
    void byOperationEachEntryOfJsonNamesItsOperation() {
        // given
        var grouped = ProfileFormat.Grouping.OPERATION.group(PROFILE);
        // when
        var stacks = Json.MAPPER
                .readTree(ProfileFormat.JSON
                        .reply(grouped, "", ProfileSource.JAVA_FRAMES)
                        .body())
                .path("stacks");
        // then
        assertThat(stacks.valueStream().map(stack -> stack.path("operation").asString()))
                .containsExactly("getPet", "addPet", "");
        assertThat(stacks.valueStream().map(stack -> stack.path("frames").get(0).asString()))
                .containsExactly("getPet", "addPet", "no operation");
    }

    @Test
    void byOperationAPageNamesEachOnce() {
        // given
        var grouped = ProfileFormat.Grouping.OPERATION.group(PROFILE);
        // when
        var page = new String(
                ProfileFormat.HTML.reply(grouped, "", ProfileSource.JAVA_FRAMES).body(), StandardCharsets.UTF_8);
        // then
        assertThat(page).containsOnlyOnce("getPet").containsOnlyOnce("addPet");
    }

    @Test
    void byOperationPprofHasThemAsLabels() throws IOException {
        // given
        var grouped = ProfileFormat.Grouping.OPERATION.group(PROFILE);
        // when
        var file = ProfileFormat.PPROF
                .reply(grouped, "", ProfileSource.JAVA_FRAMES)
                .body();
        var classes = ProfileFormat.PPROF
                .reply(ProfileFormat.Grouping.ALLOCATION_CLASS.group(PROFILE), "", ProfileSource.JAVA_FRAMES)
                .body();
        // then: the key of the label is a text of its own beside the names
        assertThat(unzipped(file)).contains("operation", "getPet", "addPet", "no operation");
        assertThat(unzipped(file).replace("no operation", "")).contains("operation");
        assertThat(unzipped(classes)).doesNotContain("operation", "getPet");
    }

    private static String unzipped(byte[] file) throws IOException {
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String collapsed(HeapProfile profile) {
        return new String(
                ProfileFormat.COLLAPSED
                        .reply(profile, "", ProfileSource.JAVA_FRAMES)
                        .body(),
                StandardCharsets.UTF_8);
    }

    private static HeapProfile.Stack stack(String operation, long bytes, String method) {
        return new HeapProfile.Stack(
                List.of(new StackFrame(method, "", 0, StackFrame.Kind.JAVA)), operation, bytes, bytes / 2_000);
    }
}

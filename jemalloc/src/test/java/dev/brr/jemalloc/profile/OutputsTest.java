package dev.brr.jemalloc.profile;

import static dev.brr.jemalloc.profile.Profiles.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {

    private static final HeapProfile PROFILE = Profiles.of(
            stack("getPet", 3_000_000, "deflateInit2_", "java.util.zip.Deflater.init", "shop.Export.write"),
            stack("", 1_000_000, "os::malloc"),
            stack("add;Pet", -2_000, "shop.Cart.add"));

    @TempDir
    Path folder;

    @Test
    void collapsedStacksBeginWithTheOperation() {
        // given
        // when
        String text = CollapsedStacks.write(PROFILE);
        // then
        assertThat(text).isEqualTo("""
                getPet;shop.Export.write;java.util.zip.Deflater.init;deflateInit2_ 3000000
                os::malloc 1000000
                add:Pet;shop.Cart.add -2000
                """);
    }

    @Test
    void aStackWithoutFramesHasALineAllTheSame() {
        // given
        var profile = Profiles.of(stack("", 5));
        // when
        String text = CollapsedStacks.write(profile);
        // then
        assertThat(text).isEqualTo("[unknown] 5\n");
    }

    @Test
    void pprofIsGzippedAndHoldsEachNameOnce() throws IOException {
        // given
        // when
        byte[] bytes = Pprof.write(PROFILE);
        // then
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        String text = new String(plain, StandardCharsets.ISO_8859_1);
        assertThat(text).containsOnlyOnce("shop.Export.write").containsOnlyOnce("inuse_space");
    }

    @Test
    void goToolPprofReadsIt() throws IOException, InterruptedException {
        // given
        Path file = folder.resolve("heap.pb.gz");
        Files.write(file, Pprof.write(PROFILE));
        // when
        String printed = pprof("-traces", "-sample_index=inuse_space", file.toString());
        // then
        assertThat(printed)
                .contains("Type: inuse_space")
                .containsPattern("operation:\\s*\\[?getPet")
                .containsPattern("2\\.86MB\\s+deflateInit2_\\s+java.util.zip.Deflater.init\\s+shop.Export.write")
                .contains("os::malloc");
    }

    @Test
    void goToolPprofShowsSourceLines() throws IOException, InterruptedException {
        // given
        Path file = folder.resolve("heap.pb.gz");
        Files.write(file, Pprof.write(PROFILE));
        // when
        String printed = pprof("-top", "-lines", "-sample_index=inuse_objects", file.toString());
        // then
        assertThat(printed).contains("shop.Export.write Source.java:7").containsPattern("3000 .*deflateInit2_");
    }

    @Test
    void goToolPprofMissesNoBinary() throws IOException, InterruptedException {
        // given
        Path file = folder.resolve("heap.pb.gz");
        Files.write(file, Pprof.write(PROFILE));
        // when
        String printed = pprof("-raw", file.toString());
        // then
        assertThat(printed).doesNotContain("filename not available").contains("[FN][FL][LN]");
    }

    @Test
    void goToolPprofTakesOneFromTheOther() throws IOException, InterruptedException {
        // given
        Path earlier = folder.resolve("earlier.pb.gz");
        Files.write(
                earlier, Pprof.write(Profiles.of(stack("getPet", 1_000_000, "deflateInit2_", "shop.Export.write"))));
        Path later = folder.resolve("later.pb.gz");
        Files.write(later, Pprof.write(Profiles.of(stack("getPet", 5_000_000, "deflateInit2_", "shop.Export.write"))));
        // when
        String printed = pprof("-top", "-unit=b", "-base", earlier.toString(), later.toString());
        // then
        assertThat(printed).containsPattern("4000000B\\s+.*deflateInit2_");
    }

    @Test
    void theFlameGraphIsOnePageWithoutForeignParts() {
        // given
        // when
        String page = FlameGraph.page(PROFILE, "pet store");
        // then
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("java.util.zip.Deflater.init", "pet store")
                .doesNotContain("http://", "https://", "src=");
    }

    @Test
    void namesCannotEndTheFlameGraphsScript() {
        // given
        var profile = Profiles.of(stack("</script><b>", 5, "a.B.\"\\\u2028c"));
        // when
        String page = FlameGraph.page(profile, "<i>&");
        // then
        assertThat(page).doesNotContain("</script><b>", "<i>").contains("&lt;i&gt;&amp;", "\\u003c/script");
    }

    private static String pprof(String... arguments) throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "go is not installed: nothing reads the file but our own eyes");
        var command = new ArrayList<>(List.of("go", "tool", "pprof"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("go", "version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}

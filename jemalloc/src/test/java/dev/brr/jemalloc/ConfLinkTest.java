package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.brr.jemalloc.ForkedJvm.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfLinkTest {

    /** Lays an empty folder over /etc, for one process alone, and puts a link there. */
    private static final String OVER_ETC = "mount -t tmpfs tmpfs %1$s && mkdir %1$s/upper %1$s/work"
            + " && mount -t overlay overlay -o lowerdir=/etc,upperdir=%1$s/upper,workdir=%1$s/work /etc"
            + " && ln -sf %2$s /etc/malloc.conf && exec \"$@\"";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"narenas:1", "abort_conf:true,dirty_decay_ms:0", "/etc/somewhere"})
    void theTargetOfTheLinkAreTheOptions(String target) throws IOException {
        // given
        Path link = Files.createSymbolicLink(folder.resolve("malloc.conf"), Path.of(target));

        // then
        assertThat(ConfLink.at(link)).contains(target);
    }

    @Test
    void aFileSaysNothing() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("malloc.conf"), "narenas:1");

        // then
        assertThat(ConfLink.at(file)).isEmpty();
        assertThat(ConfLink.at(folder)).isEmpty();
        assertThat(ConfLink.at(folder.resolve("nothing"))).isEmpty();
    }

    @Test
    void jemallocTakesThemAndTheReportSaysSo() throws Exception {
        // given
        String over = OVER_ETC.formatted(folder, "narenas:7,dirty_decay_ms:7");
        List<String> launcher = List.of("unshare", "--mount", "sh", "-c", over, "sh");
        assumeTrue(starts(launcher), "only root may have mounts of its own, and not in every container");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true,narenas:2")
                .launcher("unshare", "--mount", "sh", "-c", over, "sh", java)
                .run();

        // then: what MALLOC_CONF names not is taken from the link, without a word
        assertThat(result.value("opt.narenas")).isEqualTo("2");
        assertThat(result.value("opt.dirty_decay_ms")).isEqualTo("7");
        assertThat(result.value("opt.malloc_conf.symlink")).isEqualTo("narenas:7,dirty_decay_ms:7");
        assertThat(result.value("mismatches"))
                .isEqualTo("[malloc_conf.symlink is narenas:7,dirty_decay_ms:7, not none: remove /etc/malloc.conf from"
                        + " the image]");
    }

    private static boolean starts(List<String> launcher) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(launcher)).redirectErrorStream(true);
        builder.command().add("true");
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}

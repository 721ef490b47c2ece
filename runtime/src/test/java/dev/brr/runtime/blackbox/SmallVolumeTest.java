package dev.brr.runtime.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of 64 KiB, in a mount namespace that goes with the process. */
class SmallVolumeTest {
    private static final String MOUNT = "mount -t tmpfs -o size=64k tmpfs \"$1\" && ";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void thereAreNamespaces() throws IOException, InterruptedException {
        boolean mounted = Files.isExecutable(Path.of("/usr/bin/unshare"))
                && process(MOUNT + "true").waitFor() == 0;
        assumeTrue(mounted, "a small file system can be mounted only where unprivileged user namespaces are allowed");
    }

    @Test
    void theRingLivesOnAVolumeThatIsFull() throws IOException, InterruptedException {
        // given
        // when
        Process process = process(MOUNT + "exec \"$0\" -XX:+UseSerialGC -Xmx32m -cp \"$2\" \"$3\" \"$1\"");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // then
        assertThat(said.lines())
                .containsExactly(
                        "kept [00]",
                        "kept [00, 01]",
                        "kept [00, 01, 02]",
                        "kept [01, 02, 03]",
                        "kept [02, 03, 04]",
                        "kept [05]",
                        "full [05]",
                        "kept [07]",
                        "killed=true");
        assertThat(process.waitFor()).isZero();
    }

    private static Process process(String script) throws IOException {
        return new ProcessBuilder(List.of(
                        "/usr/bin/unshare",
                        "-rm",
                        "sh",
                        "-c",
                        script,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        folder.toString(),
                        System.getProperty("java.class.path"),
                        SmallVolumeProgram.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

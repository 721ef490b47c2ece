package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import dev.brr.jemalloc.ForkedJvm.Result;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts a JVM that has another group than its caller, which is all the loader needs to distrust LD_PRELOAD. */
class SecureExecutionTest {

    private static final int NOBODY = 65534;

    @TempDir
    private Path folder;

    @BeforeEach
    void onlyRootGivesFilesToOthers() {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "only root can make an executable that runs under another group; run the tests as root for these two");
    }

    @Test
    void asRootTheKernelSaysSo() throws Exception {
        // given
        Path launcher = setGroupId(MallocShim.compileLauncher(folder));

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .launcher(launcher.toString())
                .run();

        // then
        assertThat(result.value("reason")).isEqualTo("secure_execution");
        assertThat(result.value("explanation")).contains("setcap -r");
    }

    @Test
    void asAnyoneElseTheKernelDoesNotEvenSayIt() throws Exception {
        // given
        Path launcher = setGroupId(MallocShim.compileLauncher(folder));
        String classPath = readableByAll(folder);

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .launcher("setpriv", "--reuid=1", "--regid=1", "--clear-groups", launcher.toString())
                .classPath(classPath)
                .option("-Djna.tmpdir=/tmp")
                .run();

        // then
        assertThat(result.value("reason")).isEqualTo("secure_execution");
    }

    @Test
    void theSameLauncherWithoutAnotherGroupHasJemalloc() throws Exception {
        // given
        Path launcher = MallocShim.compileLauncher(folder);

        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .launcher(launcher.toString())
                .run();

        // then
        assertThat(result.value("loaded")).isEqualTo("true");
    }

    private static Path setGroupId(Path executable) throws IOException {
        Files.setAttribute(executable, "unix:gid", NOBODY);
        Files.setAttribute(executable, "unix:mode", 0_2755);
        return executable;
    }

    /** Copies what ReportProgram needs to where an unprivileged user may read it. */
    private static String readableByAll(Path folder) throws IOException, URISyntaxException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> copies = new ArrayList<>();
        for (Class<?> type : List.of(ReportProgram.class, Jemalloc.class, Native.class)) {
            Path source = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path copy = folder.resolve(type.getSimpleName());
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Path target = copy.resolve(source.relativize(file).toString());
                    Files.copy(file, target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }
}

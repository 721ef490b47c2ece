package dev.brr.jemalloc.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.brr.jemalloc.script.EnsureJemalloc.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds the files of images that cannot carry jemalloc, each for a reason of its own, and asks the script. */
class EnsureJemallocRootTest {

    private static final String LIBRARY = "/opt/brr/lib/libjemalloc.so.2";

    @TempDir
    private Path root;

    @Test
    void anImageWithTheLibraryAndItsNeedsIsRight() throws Exception {
        // given
        withLibrary();
        withNeeds();
        Files.copy(Path.of("/bin/cat"), inRoot("/opt/java/bin/java"));

        // when
        Answer answer = EnsureJemalloc.run("--root", root.toString());

        // then
        assertThat(answer.said())
                .contains("✅ " + root + ": " + LIBRARY
                        + " is there, with all that it needs, and /opt/java/bin/java takes it\n")
                .endsWith("✅ Configuration check complete!\n");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void aLibraryThatStayedInTheBuildStageIsMissed() throws Exception {
        // given
        Files.copy(Path.of("/bin/cat"), inRoot("/opt/java/bin/java"));

        // then
        assertWrong("has no libjemalloc.so.2", "COPY --from");
    }

    @Test
    void aLibraryElsewhereThanLdPreloadSaysIsMissed() throws Exception {
        // given
        withLibrary();
        withNeeds();

        // when
        Answer answer = EnsureJemalloc.run("--root", root.toString(), "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2");

        // then
        assertThat(answer.said()).contains("has no /usr/lib/x86_64-linux-gnu/libjemalloc.so.2");
        assertThat(answer.exit()).isEqualTo(1);
    }

    /** Where a name is looked for: folders of the loader itself, of its configuration, and no others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/lib/x86_64-linux-gnu/",
                "/usr/lib/aarch64-linux-gnu/",
                "/lib/x86_64-linux-gnu/",
                "/usr/lib64/",
                "/usr/lib/",
                "/lib/",
                "/opt/more/lib/",
            })
    void aNameIsLookedForWhereTheLoaderDoes(String place) throws Exception {
        // given
        Files.copy(EnsureJemalloc.library(), inRoot(place + "libjemalloc.so.2"));
        withNeeds();
        Files.writeString(inRoot("/etc/ld.so.conf"), "include /etc/ld.so.conf.d/*.conf\n");
        Files.writeString(inRoot("/etc/ld.so.conf.d/more.conf"), "# more\n/opt/more/lib\n");

        // when
        Answer answer = EnsureJemalloc.run("--root", root.toString(), "libjemalloc.so.2");

        // then
        assertThat(answer.said()).contains("✅ " + root + ": " + place + "libjemalloc.so.2 is there");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void aNameThatTheLoaderWouldNotFindIsMissed() throws Exception {
        // given
        withLibrary();
        withNeeds();

        // when
        Answer answer = EnsureJemalloc.run("--root", root.toString(), "libjemalloc.so.2");

        // then
        assertThat(answer.said())
                .contains("has " + LIBRARY + ", and its loader looks for libjemalloc.so.2 in other folders")
                .contains("LD_PRELOAD=" + LIBRARY);
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void aNameThatIsNowhereIsMissed() throws Exception {
        // given
        withLibrary();
        withNeeds();

        // when
        Answer answer = EnsureJemalloc.run("--root", root.toString(), "libjemalloc.so.3");

        // then
        assertThat(answer.said()).contains("has no libjemalloc.so.3");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void optionsOfTheImageBesideMallocConfAreFound() throws Exception {
        // given
        withLibrary();
        withNeeds();
        Files.createSymbolicLink(inRoot("/etc/malloc.conf"), Path.of("narenas:1,dirty_decay_ms:0"));

        // then
        assertWrong("has the link /etc/malloc.conf -> narenas:1,dirty_decay_ms:0", "rm /etc/malloc.conf");
    }

    @Test
    void aFileOfThatNameIsNoLinkAndSaysNothing() throws Exception {
        // given
        withLibrary();
        withNeeds();
        Files.writeString(inRoot("/etc/malloc.conf"), "narenas:1");

        // then
        assertThat(EnsureJemalloc.run("--root", root.toString()).exit()).isZero();
    }

    @Test
    void aSystemOnMuslIsNamed() throws Exception {
        // given
        withLibrary();
        Files.createFile(inRoot("/lib/ld-musl-x86_64.so.1"));

        // then
        assertWrong("is a system on musl", "a base image on glibc");
    }

    @Test
    void aSystemOnGlibcWithTheToolsOfMuslIsRight() throws Exception {
        // given
        withLibrary();
        withNeeds();
        Files.createFile(inRoot("/lib/ld-musl-x86_64.so.1"));

        // then
        assertThat(EnsureJemalloc.run("--root", root.toString()).exit()).isZero();
        Files.copy(Path.of("/bin/cat"), inRoot("/opt/java/bin/java"));
        assertThat(EnsureJemalloc.run("--root", root.toString()).exit()).isZero();
    }

    @Test
    void aJavaOnMuslIsNamedWhateverElseIsThere() throws Exception {
        // given
        withLibrary();
        withNeeds();
        Files.createFile(inRoot("/lib/ld-musl-x86_64.so.1"));
        EnsureJemalloc.compile(
                inRoot("/opt/java/bin/java"), Echo.SOURCE, "cc", "-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1");

        // then
        assertWrong("is a system on musl", "a base image on glibc");
    }

    @Test
    void aSlashAtTheEndOfTheFolderChangesNothing() throws Exception {
        // given
        withLibrary();
        withNeeds();

        // then
        assertThat(EnsureJemalloc.run("--root", root + "/").said())
                .contains("✅ " + root + ": " + LIBRARY + " is there");
    }

    @Test
    void aBaseWithoutLibstdcppIsNamed() throws Exception {
        // given
        withLibrary();
        withNeeds();
        Files.delete(inRoot("/usr/lib/libstdc++.so.6"));

        // then
        assertWrong("lacks libstdc++.so.6", "apt-get install libstdc++6");
    }

    @Test
    void aBuildWithAPrefixIsFound() throws Exception {
        // given
        EnsureJemalloc.compile(
                inRoot("/usr/lib/libjemalloc.so.2"),
                "int je_mallctl(void) { return 2; }",
                "cc",
                "-shared",
                "-fPIC",
                "-nostdlib");

        // then
        assertWrong("exports no mallctl", "Take a build without one");
    }

    @Test
    void aLibraryForSmallerPagesThanTheKernelsIsFound() throws Exception {
        // given
        EnsureJemalloc.compile(
                inRoot("/usr/lib/libjemalloc.so.2"),
                "int mallctl(void) { return 2; }",
                "cc",
                "-shared",
                "-fPIC",
                "-nostdlib",
                "-Wl,-z,max-page-size=1024,-z,common-page-size=1024");

        // then
        assertWrong("is laid out for pages of 1024 bytes", "Take a build for larger pages");
    }

    @Test
    void aJavaWithCapabilitiesIsFound() throws Exception {
        // given
        withACapableJava();

        // then
        assertWrong("has file capabilities (cap_net_bind_service=ep)", "setcap -r");
    }

    @Test
    void aJavaWithCapabilitiesIsFoundWithoutGetcap() throws Exception {
        // given
        withACapableJava();
        Path program = Files.writeString(inRoot("/bin/getcap"), "#!/bin/sh\nexit 127\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String path = program.getParent() + ":" + System.getenv("PATH");

        // when
        Answer answer = EnsureJemalloc.runWith(Map.of("PATH", path), "--root", root.toString());

        // then
        assertThat(answer.said()).contains("has file capabilities (security.capability)");
        assertThat(answer.exit()).isEqualTo(1);
    }

    private void withACapableJava() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root gives capabilities to a file");
        assumeTrue(Files.exists(Path.of("/usr/sbin/setcap")), "nor without setcap: apt-get install libcap2-bin");
        withLibrary();
        withNeeds();
        Path java = Files.copy(Path.of("/bin/cat"), inRoot("/opt/java/bin/java"));
        Answer given = EnsureJemalloc.toEnd(
                new ProcessBuilder("/usr/sbin/setcap", "cap_net_bind_service=ep", java.toString()));
        assumeTrue(given.exit() == 0, "this file system keeps no capabilities");
    }

    @Test
    void whereNobodyCanTellOfCapabilitiesThatIsSaid() throws Exception {
        // given
        withLibrary();
        withNeeds();
        Files.copy(Path.of("/bin/cat"), inRoot("/opt/java/bin/java"));
        Path program = Files.writeString(inRoot("/bin/tar"), "#!/bin/sh\nexit 64\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String path = program.getParent() + ":" + System.getenv("PATH");

        // when
        Answer answer = EnsureJemalloc.runWith(Map.of("PATH", path), "--root", root.toString());

        // then
        assertThat(answer.said())
                .contains("the file capabilities of " + root + "/opt/java/bin/java could not be looked at");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void aJavaThatChangesItsGroupIsFound() throws Exception {
        // given
        withLibrary();
        withNeeds();
        Path java = Files.copy(Path.of("/bin/cat"), inRoot("/opt/java/bin/java"));
        Files.setAttribute(java, "unix:mode", 0_2755);

        // then
        assertWrong("set-group-ID", "chmod ug-s");
    }

    @Test
    void aStaticJavaIsFound() throws Exception {
        // given
        withLibrary();
        withNeeds();
        EnsureJemalloc.compile(inRoot("/opt/java/bin/java"), Echo.SOURCE, "cc", "-static");

        // then
        assertWrong("is statically linked", "a JVM that is linked dynamically");
    }

    @Test
    void aLibraryOfAnotherArchitectureIsFound() throws Exception {
        // given
        withLibrary();
        withNeeds();
        byte[] program = Files.readAllBytes(Path.of("/bin/cat"));
        program[18] = (byte) (program[18] == (byte) 0xB7 ? 0x3E : 0xB7);
        Files.write(inRoot("/opt/java/bin/java"), program);

        // then
        assertWrong("/opt/java/bin/java is for ", "the library of that architecture");
    }

    @Test
    void aFolderIsFoundByWhereTheScriptIsCalledFrom() throws Exception {
        // given
        withLibrary();
        withNeeds();
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        EnsureJemalloc.repository()
                                .resolve("scripts/ensure-jemalloc.sh")
                                .toString(),
                        "--root",
                        "opt/..")
                .directory(root.toFile());

        // when
        Answer answer = EnsureJemalloc.toEnd(builder);

        // then
        assertThat(answer.said()).contains("✅ " + root + "/opt/..: " + LIBRARY + " is there");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void aFolderThatIsNotThereIsSaidSo() throws Exception {
        // when
        Answer answer = EnsureJemalloc.run("--root", root.resolve("nowhere").toString());

        // then
        assertThat(answer.said()).contains("there is no folder " + root.resolve("nowhere"));
        assertThat(answer.exit()).isEqualTo(1);
    }

    private void assertWrong(String cause, String cure) throws IOException, InterruptedException {
        // when
        Answer answer = EnsureJemalloc.run("--root", root.toString());

        // then
        assertThat(answer.said())
                .contains(cause)
                .contains(cure)
                .endsWith("❌ Configuration check found 1 problem(s).\n");
        assertThat(answer.exit()).isEqualTo(1);
    }

    private void withLibrary() throws IOException {
        Files.copy(EnsureJemalloc.library(), inRoot(LIBRARY));
    }

    /** Only their names are looked for. */
    private void withNeeds() throws IOException {
        for (String name :
                List.of("libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libc.so.6", "ld-linux-x86-64.so.2")) {
            Files.createFile(inRoot("/usr/lib/" + name));
        }
        Files.createFile(inRoot("/usr/lib/ld-linux-aarch64.so.1"));
    }

    private Path inRoot(String path) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        return file;
    }
}

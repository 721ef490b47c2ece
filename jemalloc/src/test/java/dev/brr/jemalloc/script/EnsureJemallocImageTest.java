package dev.brr.jemalloc.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.script.EnsureJemalloc.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the script for images. In the place of a registry is a program with crane's commands, which knows one image. */
class EnsureJemallocImageTest {

    private static final String IMAGE = "registry.example:5000/shop/petstore:1";
    private static final String LIBRARY = "/opt/brr/lib/libjemalloc.so.2";

    /** Writes a head into the archive that GNU tar warns of, as images have that were made elsewhere. */
    private static final String CRANE = """
            #!/bin/sh
            command=$1
            for last; do before=$reference reference=$last; done
            case $command in
                export)
                    if [ "$before" != %1$s ]; then echo "Error: MANIFEST_UNKNOWN: manifest unknown" >&2; exit 1; fi
                    tar -C %2$s/root --format=pax --pax-option=LIBARCHIVE.creationtime:=1 -cf "$reference" . ;;
                config) cat %2$s/config.json ;;
            esac
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void pushAnImage() throws IOException {
        Path root = folder.resolve("root");
        copy(EnsureJemalloc.library(), root.resolve(LIBRARY.substring(1)));
        copy(Path.of("/bin/cat"), root.resolve("opt/java/bin/java"));
        for (String name : new String[] {"libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libc.so.6"}) {
            Path need = root.resolve("usr/lib/" + name);
            Files.createDirectories(need.getParent());
            Files.createFile(need);
        }
        config("");
        Path crane = Files.writeString(
                Files.createDirectories(folder.resolve("bin")).resolve("crane"), CRANE.formatted(IMAGE, folder));
        Files.setPosixFilePermissions(crane, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void anImageIsCheckedUnderItsOwnName() throws Exception {
        // given
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.said())
                .isEqualTo("✅ " + IMAGE + ": " + LIBRARY
                        + " is there, with all that it needs, and /opt/java/bin/java takes it\n"
                        + "✅ Configuration check complete!\n");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void aFileOfTheImageIsNamedWithinIt() throws Exception {
        // given
        Path java = folder.resolve("root/opt/java/bin/java");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(new ProcessBuilder("chmod", "u+s", java.toString()).start().waitFor())
                .isZero();
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.said()).contains("❌ " + IMAGE + ":/opt/java/bin/java is set-user-ID");
        assertThat(answer.said()).contains("chmod ug-s " + IMAGE + ":/opt/java/bin/java");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void whatTheImagesOwnLdPreloadNamesIsLookedFor() throws Exception {
        // given
        config("\"LD_PRELOAD=/usr/lib/aarch64-linux-gnu/libjemalloc.so.2\"");
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.said()).contains("❌ " + IMAGE + " has no /usr/lib/aarch64-linux-gnu/libjemalloc.so.2");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void whatIsAskedForGoesBeforeTheImagesOwnLdPreload() throws Exception {
        // given
        config("\"LD_PRELOAD=/usr/lib/aarch64-linux-gnu/libjemalloc.so.2\"");
        // when
        Answer answer = ensure("--image", IMAGE, LIBRARY);
        // then
        assertThat(answer.exit()).as(answer.said()).isZero();
    }

    @Test
    void anLdPreloadByNameAloneIsFoundWhereverItIs() throws Exception {
        // given
        config("\"PATH=/bin\",\"LD_PRELOAD=libother.so libjemalloc.so.2\"");
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.exit()).as(answer.said()).isZero();
    }

    @Test
    void anImageThatIsNotThereIsSaidInOneLine() throws Exception {
        // given
        String other = "registry.example:5000/shop/other:1";
        // when
        Answer answer = ensure("--image", other);
        // then
        assertThat(answer.said())
                .startsWith("❌ the image " + other + " cannot be read for linux/")
                .contains(": Error: MANIFEST_UNKNOWN: manifest unknown\n")
                .doesNotContain("tar:");
        assertThat(answer.exit()).isEqualTo(1);
    }

    private Answer ensure(String... arguments) throws IOException, InterruptedException {
        // Of a cluster that may be there, nothing is asked.
        return EnsureJemalloc.runWith(
                Map.of(
                        "PATH",
                        folder.resolve("bin") + ":" + System.getenv("PATH"),
                        "BRR_STATE",
                        folder.resolve("state").toString()),
                arguments);
    }

    private void config(String environment) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"config\":{\"Env\":[" + environment + "]}}");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }
}

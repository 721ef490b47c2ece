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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                    cat %2$s/head.tar >"$reference"
                    tar -C %2$s/root --exclude-from=%2$s/head.txt --format=pax --pax-option=LIBARCHIVE.creationtime:=1 \\
                        -cf - . >>"$reference" ;;
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
        Files.createFile(folder.resolve("head.tar"));
        Files.createFile(folder.resolve("head.txt"));
        Path crane = Files.writeString(
                Files.createDirectories(folder.resolve("bin")).resolve("crane"), CRANE.formatted(IMAGE, folder));
        Files.setPosixFilePermissions(crane, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void anImageIsCheckedUnderItsOwnName() throws Exception {
        // given
        config("\"LD_PRELOAD=" + LIBRARY + "\",\"MALLOC_CONF=abort_conf:true,narenas:1\"");
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.said())
                .isEqualTo("✅ " + IMAGE + ": " + LIBRARY
                        + " is there, with all that it needs, and /opt/java/bin/java takes it; it takes"
                        + " MALLOC_CONF=abort_conf:true,narenas:1, option by option\n"
                        + "✅ Configuration check complete!\n");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void anImageThatAPodWillPreloadNeedsNoLdPreloadOfItsOwn() throws Exception {
        // given
        config("\"PATH=/bin\"");
        // when
        Answer answer = ensure("--image", IMAGE, LIBRARY);
        // then
        assertThat(answer.said())
                .isEqualTo("✅ " + IMAGE + ": " + LIBRARY
                        + " is there, with all that it needs, and /opt/java/bin/java takes it\n"
                        + "✅ Configuration check complete!\n");
        assertThat(answer.exit()).isZero();
    }

    /** The variables of the image's configuration, and what is said of them. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATH=/bin                                    | sets no LD_PRELOAD: its processes run without jemalloc",
                "LD_PRELOAD=                                  | sets no LD_PRELOAD: its processes run without jemalloc",
                "LD_PRELOAD=libtcmalloc.so.4                  | LD_PRELOAD=libtcmalloc.so.4, which names no jemalloc",
                "LD_PRELOAD=/opt/jemalloc/libtcmalloc.so.4    | which names no jemalloc",
                "LD_PRELOAD=libtcmalloc.so.4:LIBRARY          | jemalloc and, before it, libtcmalloc.so.4 in LD_PRELOAD",
                "LD_PRELOAD='LIBRARY'                         | has quotation marks in LD_PRELOAD='LIBRARY'",
                "LD_PRELOAD=\\\"LIBRARY\\\"                     | has quotation marks in LD_PRELOAD=\"LIBRARY\"",
                "LD_PRELOAD=LIBRARY LD_PRELOAD=libother.so    | LD_PRELOAD=libother.so, which names no jemalloc",
                "LD_PRELOAD=LIBRARY MALLOC_CONF=abort_conf:true,narenas:0 | Out-of-range conf value: narenas:0",
                "LD_PRELOAD=LIBRARY MALLOC_CONF=abort_conf:true,narenas:010 | narenas is 8, not 010",
                "LD_PRELOAD=LIBRARY MALLOC_CONF=dirty_decay:1 | Invalid conf pair: dirty_decay:1",
                "LD_PRELOAD=LIBRARY MALLOC_CONF=narenas:1     | does not begin with abort_conf:true",
            })
    void whatTheImagesConfigurationGetsWrongIsNamed(String variables, String cause) throws Exception {
        // given
        config("\"" + variables.replace("LIBRARY", LIBRARY).replace(" ", "\",\"") + "\"");
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.said())
                .contains("❌ " + IMAGE)
                .contains(cause.replace("LIBRARY", LIBRARY))
                .endsWith("❌ Configuration check found 1 problem(s).\n");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void optionsOfTheImageAreTriedAlsoWhereAPodWillPreload() throws Exception {
        // given
        config("\"MALLOC_CONF=abort_conf:true,narenas:0\"");
        // when
        Answer answer = ensure("--image", IMAGE, LIBRARY);
        // then
        assertThat(answer.said()).contains("Out-of-range conf value: narenas:0");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void withoutOptionsOfItsOwnTheImageIsSaidToRunByTheDefaults() throws Exception {
        // given
        config("\"LD_PRELOAD=" + LIBRARY + "\"");
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.said()).contains(IMAGE + " sets no MALLOC_CONF: jemalloc runs by its defaults");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void whatTheLoaderPreloadsForAllCountsWithoutAVariable() throws Exception {
        // given
        Path file = folder.resolve("root/etc/ld.so.preload");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# for all\n" + LIBRARY + "\n");
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.said()).contains("✅ " + IMAGE + ": " + LIBRARY + " is there");
        assertThat(answer.exit()).isZero();
    }

    /** Also where nobody may give capabilities to a file, and so the unpacked one has none. */
    @Test
    void capabilitiesAreReadFromTheImageAndNotFromWhatIsUnpacked() throws Exception {
        // given
        Path java = folder.resolve("root/opt/java/bin/java");
        Files.write(folder.resolve("head.tar"), CapableFile.archive("opt/java/bin/java", Files.readAllBytes(java)));
        Files.writeString(folder.resolve("head.txt"), "./opt/java/bin/java\n");
        // when
        Answer answer = ensure("--image", IMAGE, LIBRARY);
        // then
        assertThat(answer.said())
                .contains("❌ " + IMAGE + ":/opt/java/bin/java has file capabilities (security.capability)")
                .endsWith("❌ Configuration check found 1 problem(s).\n");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void aFileOfTheImageIsNamedWithinIt() throws Exception {
        // given
        Path java = folder.resolve("root/opt/java/bin/java");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(EnsureJemalloc.toEnd(new ProcessBuilder("chmod", "u+s", java.toString()))
                        .exit())
                .isZero();
        // when
        Answer answer = ensure("--image", IMAGE, LIBRARY);
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

    @ParameterizedTest
    @ValueSource(strings = {"\"LD_LIBRARY_PATH=/opt/other/lib:/opt/brr/lib\"", "\"LD_LIBRARY_PATH=/opt/brr/lib\""})
    void anLdPreloadByNameAloneIsFoundInTheFoldersOfTheImagesLoader(String folders) throws Exception {
        // given
        config(folders + ",\"LD_PRELOAD=libother.so libjemalloc.so.2\"");
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.exit()).as(answer.said()).isZero();
    }

    @Test
    void anLdPreloadByNameAloneIsNotFoundElsewhere() throws Exception {
        // given
        config("\"PATH=/bin\",\"LD_PRELOAD=libother.so libjemalloc.so.2\"");
        // when
        Answer answer = ensure("--image", IMAGE);
        // then
        assertThat(answer.said())
                .contains("❌ " + IMAGE + " has " + LIBRARY
                        + ", and its loader looks for libjemalloc.so.2 in other folders");
        assertThat(answer.exit()).isEqualTo(1);
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

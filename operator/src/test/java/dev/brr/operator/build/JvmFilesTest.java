package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JvmFilesTest {

    private static final String LIBRARY = "opt/java/openjdk/lib/server/libjvm.so";
    private static final String MODULES = "opt/java/openjdk/lib/modules";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "./", "/"})
    void aLayersJvmIsFoundHoweverItsPathsBegin(String prefix) throws IOException {
        // given: crane, Docker and Jib each write another beginning
        var layer = layer(Map.of(prefix + LIBRARY, "library", prefix + MODULES, "modules", prefix + "etc/passwd", "x"));
        // when
        var files = JvmFiles.ofLayer(new ByteArrayInputStream(layer));
        // then
        assertThat(files.sums()).containsOnlyKeys("/" + LIBRARY, "/" + MODULES);
        assertThat(files.jvms("amd64")).containsExactly(new Jvm("amd64", sum("library"), sum("modules")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opt/java/lib/modules.txt",
                "lib64/modules",
                "opt/mylib/modules",
                "usr/lib/libjvm.so",
                "lib/server/x"
            })
    void whatIsNamedAlikeIsNoJvm(String path) throws IOException {
        // given
        var layer = layer(Map.of(path, "x"));
        // when
        var files = JvmFiles.ofLayer(new ByteArrayInputStream(layer));
        // then
        assertThat(files.jvms("amd64")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LIBRARY, MODULES})
    void halfAJvmIsNone(String path) throws IOException {
        // given
        var layer = layer(Map.of(path, "x"));
        // when
        var files = JvmFiles.ofLayer(new ByteArrayInputStream(layer));
        // then
        assertThat(files.jvms("amd64")).isEmpty();
    }

    @Test
    void aFolderOfThatNameIsNoFile() throws IOException {
        // given: the kernel's modules lie in such a folder
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.putArchiveEntry(new TarArchiveEntry("usr/lib/modules/", TarConstants.LF_DIR));
            tar.closeArchiveEntry();
        }
        // when
        var files = JvmFiles.ofLayer(new ByteArrayInputStream(bytes.toByteArray()));
        // then
        assertThat(files).isEqualTo(JvmFiles.NONE);
    }

    @Test
    void longPathsAreReadWhole() throws IOException {
        // given
        var home = "a-long-name/".repeat(20) + "openjdk/";
        var layer = layer(Map.of(home + "lib/server/libjvm.so", "library", home + "lib/modules", "modules"));
        // when
        var files = JvmFiles.ofLayer(new ByteArrayInputStream(layer));
        // then
        assertThat(files.sums()).containsKey("/" + home + "lib/modules");
    }

    @Test
    void anUpperLayersFileHidesTheLowerOnes() {
        // given
        var lower = new JvmFiles(Map.of("/" + LIBRARY, "old", "/" + MODULES, "old"));
        var upper = new JvmFiles(Map.of("/" + LIBRARY, "new"));
        // when
        var image = JvmFiles.ofImage(List.of(lower, JvmFiles.NONE, upper));
        // then
        assertThat(image.jvms("amd64")).containsExactly(new Jvm("amd64", "new", "old"));
    }

    @Test
    void everyJvmOfAnImageIsTold() {
        // given
        var files = JvmFiles.ofImage(List.of(
                new JvmFiles(Map.of("/a/lib/server/libjvm.so", "1", "/a/lib/modules", "2")),
                new JvmFiles(Map.of("/b/lib/server/libjvm.so", "3", "/b/lib/modules", "4"))));
        // when
        var jvms = files.jvms("arm64");
        // then
        assertThat(jvms).containsExactly(new Jvm("arm64", "1", "2"), new Jvm("arm64", "3", "4"));
    }

    @Test
    void aLayerInAnotherCompressionIsRefused() {
        // given: zstd's magic number
        var layer = new byte[] {(byte) 0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0};
        // when
        // then
        assertThatThrownBy(() -> JvmFiles.ofLayer(new ByteArrayInputStream(layer)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theJvmOfAHomeIsTheOneOfALayerWithTheSameFiles() throws IOException {
        // given
        Files.createDirectories(directory.resolve("lib/server"));
        Files.writeString(directory.resolve("lib/server/libjvm.so"), "library");
        Files.writeString(directory.resolve("lib/modules"), "modules");
        var layer = layer(Map.of(LIBRARY, "library", MODULES, "modules"));
        // when
        var own = Jvm.of(directory, "amd64");
        // then
        assertThat(JvmFiles.ofLayer(new ByteArrayInputStream(layer)).jvms("amd64"))
                .containsExactly(own);
    }

    @Test
    void aHomeWithoutAJvmIsRefusedByTheFilesName() {
        // given
        var empty = directory;
        // when
        // then
        assertThatThrownBy(() -> Jvm.of(empty, "amd64"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("libjvm.so");
    }

    @ParameterizedTest
    @CsvSource({"amd64, amd64", "x86_64, amd64", "aarch64, arm64", "riscv64, riscv64"})
    void architecturesAreNamedAsImagesDo(String osArch, String architecture) {
        // given
        // when
        var named = Jvm.architecture(osArch);
        // then
        assertThat(named).isEqualTo(architecture);
    }

    @Test
    void thisJvmCanBeIdentified() throws IOException {
        // given
        var home = Path.of(System.getProperty("java.home"));
        // when
        var own = Jvm.of(home, System.getProperty("os.arch"));
        // then
        assertThat(own.library()).matches("[0-9a-f]{64}");
        assertThat(own.modules()).matches("[0-9a-f]{64}");
    }

    static byte[] layer(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (var file : files.entrySet()) {
                var content = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static String sum(String text) throws IOException {
        return JvmFiles.sum(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}

package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts JVMs in which JNA tells where it takes its native part from. */
class JnaLibraryTest {

    @TempDir
    Path temporary;

    private ForkedJvm telling() {
        return ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true")
                .option("-Djna.debug_load.jna=true")
                .option("-Djava.io.tmpdir=" + temporary);
    }

    @Test
    void jnaTakesItFromAFolderOfTheProcessAndLeavesNothing() throws IOException {
        // when
        Result result = telling().run();

        // then
        assertThat(result.value("loaded")).isEqualTo("true");
        assertThat(result.err())
                .contains("Found jnidispatch at " + temporary + "/brr-")
                .doesNotContain("Extracting");
        try (var left = Files.list(temporary)) {
            assertThat(left.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("brr-")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jna.tmpdir", "jna.boot.library.path"})
    void whereSomebodyHasToldJnaWhereToLookItDoesSo(String property) throws IOException {
        // given
        Path told = Files.createDirectory(temporary.resolve("told"));

        // when
        Result result = telling().option("-D" + property + "=" + told).run();

        // then
        assertThat(result.value("loaded")).isEqualTo("true");
        assertThat(result.err()).doesNotContain(temporary + "/brr-").contains("Extracting");
    }

    @Test
    void whereNothingCanBeWrittenJnaLooksForAFolderItself() {
        // when
        Result result = telling()
                .option("-Djava.io.tmpdir=" + temporary.resolve("missing"))
                .env("HOME", temporary.toString())
                .run();

        // then
        assertThat(result.err()).doesNotContain("missing").contains("Looking in classpath");
    }

    @ParameterizedTest
    @CsvSource({"amd64, linux-x86-64", "x86_64, linux-x86-64", "aarch64, linux-aarch64"})
    void jnaHasItUnderANameOfItsOwn(String architecture, String folder) {
        // then
        assertThat(JnaLibrary.resource(architecture)).contains("/com/sun/jna/" + folder + "/libjnidispatch.so");
        assertThat(getClass().getResource("/com/sun/jna/" + folder + "/libjnidispatch.so"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ppc64le", "riscv64", "x86"})
    void otherArchitecturesAreLeftToJna(String architecture) {
        // then
        assertThat(JnaLibrary.resource(architecture)).isEmpty();
    }
}

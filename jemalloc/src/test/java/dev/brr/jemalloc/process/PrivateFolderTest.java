package dev.brr.jemalloc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {

    @TempDir
    Path parent;

    @Test
    void nobodyElseMayLookIntoIt() throws IOException {
        // when
        try (PrivateFolder folder = PrivateFolder.make(parent, "brr-", 35)) {
            // then
            assertThat(folder.path()).isEqualTo(parent.resolve("brr-z")).isDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void itGoesWithItsFiles() throws IOException {
        // given
        Path path;
        try (PrivateFolder folder = PrivateFolder.make()) {
            path = folder.path();
            Files.writeString(path.resolve("a"), "text");
            Files.delete(Files.writeString(path.resolve("b"), "text"));
        }

        // then
        assertThat(path).doesNotExist();
    }

    @Test
    void whatIsThereAlreadyIsLeftAlone() throws IOException {
        // given: a file, and a link to nowhere
        Files.writeString(parent.resolve("brr-1"), "kept");
        Files.createSymbolicLink(parent.resolve("brr-2"), parent.resolve("elsewhere"));

        // when
        try (PrivateFolder folder = PrivateFolder.make(parent, "brr-", 1)) {
            // then
            assertThat(folder.path()).isEqualTo(parent.resolve("brr-3"));
        }
        assertThat(parent.resolve("brr-1")).content().isEqualTo("kept");
        assertThat(parent.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void twoAtOnceHaveFoldersOfTheirOwn() throws IOException {
        try (PrivateFolder one = PrivateFolder.make(parent, "brr-", -1);
                PrivateFolder other = PrivateFolder.make(parent, "brr-", -1)) {
            assertThat(one.path()).isNotEqualTo(other.path());
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whereNoNameIsFreeItGivesUp() throws IOException {
        // given
        for (int number = 0; number < 100; number++) {
            Files.createDirectory(parent.resolve("brr-" + Long.toString(number, Character.MAX_RADIX)));
        }

        // then
        assertThatThrownBy(() -> PrivateFolder.make(parent, "brr-", 0))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("brr-*");
    }

    @Test
    void whereNothingCanBeWrittenItSaysSo() {
        // then
        assertThatThrownBy(() -> PrivateFolder.make(parent.resolve("missing"), "brr-", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }
}

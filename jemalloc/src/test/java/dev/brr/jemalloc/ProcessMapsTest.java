package dev.brr.jemalloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessMapsTest {

    private static final ProcessMaps MAPS = ProcessMaps.parse("""
            55d0c0000000-55d0c0001000 r-xp 00000000 fe:01 1234                       /usr/bin/java
            7f0000000000-7f0000100000 rw-p 00000000 00:00 0
            7f0000200000-7f0000201000 r--p 00000000 fe:01 42                         /usr/lib/x86_64-linux-gnu/libjemalloc.so.2
            7f0000201000-7f0000301000 r-xp 00001000 fe:01 42                         /usr/lib/x86_64-linux-gnu/libjemalloc.so.2
            7f0000400000-7f0000500000 r-xp 00000000 fe:01 43                         /opt/a folder/lib x.so (deleted)
            7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0                          [stack]
            ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
            not a line of maps
            """);

    @Test
    void onlyFilesAreMappings() {
        assertThat(MAPS.mappings())
                .extracting(ProcessMaps.Mapping::file)
                .containsExactly(
                        "/usr/bin/java",
                        "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
                        "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
                        "/opt/a folder/lib x.so");
    }

    @ParameterizedTest
    @CsvSource({
        "55d0c0000000, /usr/bin/java",
        "55d0c0000fff, /usr/bin/java",
        "55d0c0001000, ''",
        "7f0000000000, ''",
        "7f0000200fff, /usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
        "7f0000201000, /usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
        "7f0000301000, ''",
        "7f0000412345, /opt/a folder/lib x.so",
        "ffffffffff600000, ''",
        "0, ''"
    })
    void anAddressBelongsToTheFileMappedThere(String address, String file) {
        assertThat(MAPS.fileAt(Long.parseUnsignedLong(address, 16)).orElse("")).isEqualTo(file);
    }

    @Test
    void addressesAreUnsigned() {
        // given
        ProcessMaps high = ProcessMaps.parse("7000000000000000-9000000000000000 r-xp 00000000 fe:01 1 /high\n");

        // then
        assertThat(high.fileAt(0x8000_0000_0000_0000L)).contains("/high");
        assertThat(high.fileAt(0x9000_0000_0000_0000L)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "jemalloc, /usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
        "^java$, /usr/bin/java",
        "x86_64, ''",
        "musl, ''"
    })
    void aFileIsFoundByItsNameWithoutFolders(String pattern, String file) {
        assertThat(MAPS.file(Pattern.compile(pattern)).orElse("")).isEqualTo(file);
    }

    @Test
    void theMapsOfThisJvmNameItsLibraries() throws IOException {
        // when
        ProcessMaps maps = ProcessMaps.parse(Files.readString(Path.of("/proc/self/maps")));

        // then
        assertThat(maps.file(Pattern.compile("^libjvm\\.so$"))).isPresent();
        assertThat(maps.file(Pattern.compile("^libc\\.so"))).isPresent();
    }
}

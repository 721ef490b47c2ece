package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeNamesTest {

    private static final List<String> MAPS = List.of(
            "1000-2000 r--p 00000000 08:01 42 /usr/lib/nothing.so",
            "2000-4000 r-xp 00001000 08:01 42 /usr/lib/nothing.so",
            "4000-5000 rwxp 00000000 00:00 0 ",
            "6000-7000 r-xp 00000000 08:01 43 /tmp/gone.so (deleted)",
            "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]");

    @ParameterizedTest
    @CsvSource({
        "2001, [nothing.so]",
        "4000, [nothing.so]",
        "2000, [unknown]",
        "4001, [compiled code]",
        "5001, [unknown]",
        "6100, [gone.so]",
        "1001, [unknown]",
        "1,    [unknown]",
    })
    void anAddressWithoutASymbolIsNamedByWhatIsMappedThere(String address, String name) {
        // given
        var names = new NativeNames(MAPS);
        // when
        var frame = names.name(Long.parseUnsignedLong(address, 16));
        // then
        assertThat(frame.name()).isEqualTo(name);
        assertThat(frame.kind()).isEqualTo(StackFrame.Kind.NATIVE);
    }

    @Test
    void theFunctionsOfARealLibraryAreFound() {
        // given
        Path library = jemalloc();
        // when
        var symbols = ElfSymbols.read(library);
        // then
        assertThat(symbols.size()).isGreaterThan(20);
        assertThat(symbols.at(0)).isEmpty();
    }

    @Example
    void whatIsNoElfFileHasNoSymbols() throws IOException {
        // given
        Path file = Files.createTempFile("not-elf", ".so");
        Files.writeString(file, "#!/bin/sh\n".repeat(20));
        // when
        var symbols = ElfSymbols.read(file);
        // then
        assertThat(symbols.size()).isZero();
        Files.delete(file);
    }

    @Property
    void aDamagedElfFileIsReadWithoutHarm(@ForAll byte[] bytes) throws IOException {
        // given: the head of a real one, and then anything
        byte[] head = Arrays.copyOf(Files.readAllBytes(jemalloc()), 64);
        byte[] damaged = Arrays.copyOf(head, 64 + bytes.length);
        System.arraycopy(bytes, 0, damaged, 64, bytes.length);
        Path file = Files.createTempFile("damaged", ".so");
        Files.write(file, damaged);
        // when
        var symbols = ElfSymbols.read(file);
        // then
        assertThat(symbols.size()).isZero();
        Files.delete(file);
    }

    @Test
    void aFileThatIsTooShortHasNoSymbols() {
        // given
        var empty = MemorySegment.ofArray(new byte[0]);
        // when
        var symbols = ElfSymbols.read(empty);
        // then
        assertThat(symbols.size()).isZero();
    }

    private static Path jemalloc() {
        return Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
                .map(folder -> Path.of(folder, "libjemalloc.so.2"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("apt-get install libjemalloc2"));
    }
}

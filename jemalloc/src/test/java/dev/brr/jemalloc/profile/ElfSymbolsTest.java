package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfSymbolsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // file offset, name
        "0x2010, first",
        "0x201f, first",
        "0x2020, second",
        "0x2027, second",
        "0x2100, unsized",
        "0x2fff, unsized",
    })
    void aByteBelongsToTheFunctionThatItLiesIn(String offset, String name) {
        // given
        var symbols = symbols(three());
        // when
        var found = symbols.at(Long.decode(offset));
        // then
        assertThat(found).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"0x0", "0x200f", "0x2028", "0x20ff"})
    void aByteBetweenFunctionsBelongsToNone(String offset) {
        // given
        var symbols = symbols(three());
        // when
        var found = symbols.at(Long.decode(offset));
        // then
        assertThat(found).isEmpty();
    }

    @Test
    void theTableOfAStrippedFileCountsToo() {
        // given
        var file = three().dynamic();
        // when
        var symbols = symbols(file);
        // then
        assertThat(symbols.at(0x2010)).contains("first");
    }

    @Test
    void onlyFunctionsAreNamed() {
        // given
        var file = new ElfFile(0x1000, 0x2000)
                .with("variable", ElfFile.OBJECT, 0x1010, 16)
                .with("indirect", 10, 0x1020, 16)
                .with("imported", ElfFile.FUNCTION, 0, 0);
        // when
        var symbols = symbols(file);
        // then
        assertThat(symbols.size()).isEqualTo(1);
        assertThat(symbols.at(0x2020)).contains("indirect");
    }

    @Test
    void aFunctionOutsideOfWhatIsLoadedHasNoPlace() {
        // given
        var file = new ElfFile(0x1000, 0x2000).with("elsewhere", ElfFile.FUNCTION, 0x900000, 16);
        // when
        var symbols = symbols(file);
        // then
        assertThat(symbols.size()).isZero();
    }

    @Test
    void ofTwoNamesForOnePlaceTheFirstCounts() {
        // given
        var file = new ElfFile(0x1000, 0x2000)
                .with("malloc", ElfFile.FUNCTION, 0x1010, 16)
                .with("je_malloc", ElfFile.FUNCTION, 0x1010, 16);
        // when
        var symbols = symbols(file);
        // then
        assertThat(symbols.at(0x2010)).contains("malloc");
    }

    @Property
    void aFunctionIsFoundByEachOfItsBytes(
            @ForAll @IntRange(min = 0, max = 0xF000) int place,
            @ForAll @IntRange(min = 1, max = 0xFFF) int bytes,
            @ForAll @IntRange(min = 0, max = 1000) int permille) {
        // given
        var file = new ElfFile(0x400000, 0x3000).with("function", ElfFile.FUNCTION, 0x400000L + place, bytes);
        long inside = 0x3000L + place + (long) (bytes - 1) * permille / 1000;
        // when
        var symbols = symbols(file);
        // then
        assertThat(symbols.at(inside)).contains("function");
        assertThat(symbols.at(0x3000L + place + bytes)).isEmpty();
        assertThat(symbols.at(0x3000L + place - 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0x7e, another magic", "4, 1, 32-bit"})
    void anotherKindOfFileHasNoSymbols(int at, String value, String why) {
        // given
        byte[] bytes = three().bytes();
        bytes[at] = Byte.decode(value);
        // when
        var symbols = ElfSymbols.read(MemorySegment.ofArray(bytes));
        // then
        assertThat(symbols.size()).as(why).isZero();
    }

    @Test
    void aFrameOfAMappedFileGetsItsFunctionsName() throws IOException {
        // given: the segment is mapped at 0x7f0000000000
        var library = Files.write(folder.resolve("libshop.so"), three().bytes());
        var names = new NativeNames(List.of("7f0000000000-7f0000010000 r-xp 00002000 08:01 42 " + library));
        // when
        var frame = names.name(0x7f0000000015L);
        // then
        assertThat(frame).isEqualTo(new StackFrame("first", "libshop.so", 0, StackFrame.Kind.NATIVE));
    }

    @Test
    void aReturnAddressAfterTheLastInstructionBelongsToTheFunctionThatCalled() throws IOException {
        // given
        var library = Files.write(folder.resolve("libshop.so"), three().bytes());
        var names = new NativeNames(List.of("7f0000000000-7f0000010000 r-xp 00002000 08:01 42 " + library));
        // when: the call was the last instruction of first, and second begins after it
        var frame = names.name(0x7f0000000020L);
        // then
        assertThat(frame.name()).isEqualTo("first");
    }

    private static ElfFile three() {
        return new ElfFile(0x1000, 0x2000)
                .with("first", ElfFile.FUNCTION, 0x1010, 16)
                .with("second", ElfFile.FUNCTION, 0x1020, 8)
                .with("unsized", ElfFile.FUNCTION, 0x1100, 0);
    }

    private static ElfSymbols symbols(ElfFile file) {
        return ElfSymbols.read(MemorySegment.ofArray(file.bytes()));
    }
}

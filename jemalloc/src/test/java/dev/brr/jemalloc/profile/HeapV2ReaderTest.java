package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.profile.HeapV2Reader.Outcome;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapV2ReaderTest {

    private static final String DUMP = """
            heap_v2/524288
              t*: 3: 1081344 [0: 0]
              t0: 3: 1081344 [0: 0]
            @ 0x7f01 0x55aa 0x1000000000001
              t*: 2: 1048576 [0: 0]
              t1: 1: 524288 [0: 0]
              t2: 1: 524288 [0: 0]
            @
              t*: 1: 32768 [5: 163840]
              t0: 1: 32768 [5: 163840]

            MAPPED_LIBRARIES:
            7f00-7f02 r-xp 00000000 08:01 42 /usr/lib/libc.so.6
            """;

    @Test
    void aDumpHasItsRateItsStacksAndItsMappings() {
        // given
        // when
        var samples = samples(DUMP);
        // then
        assertThat(samples.sampleBytes()).isEqualTo(524_288);
        assertThat(samples.samples()).hasSize(2);
        assertThat(samples.samples().getFirst().words()).containsExactly(0x7f01, 0x55aa, 1L << 48 | 1);
        assertThat(samples.samples().getFirst().objects()).isEqualTo(2);
        assertThat(samples.samples().getFirst().bytes()).isEqualTo(1_048_576);
        assertThat(samples.mappings()).containsExactly("7f00-7f02 r-xp 00000000 08:01 42 /usr/lib/libc.so.6");
    }

    @Test
    void aStackWithoutFramesIsAStack() {
        // given
        // when
        var samples = samples(DUMP);
        // then
        assertThat(samples.samples().getLast().words()).isEmpty();
        assertThat(samples.samples().getLast().bytes()).isEqualTo(32_768);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "heap_v2/524288   | heap_v1/524288  | 1  | a dump begins with heap_v2/",
                "heap_v2/524288   | heap_v2/        | 1  | a dump begins with heap_v2/",
                "'  t*: 3: 1081'  | '  t*: x: 1081' | 2  | after it comes t*: with objects and bytes",
                "'  t*: 2: 1048'  | '  t?: 2: 1048' | 5  | after it comes t*: with objects and bytes",
                "@ 0x7f01         | @ 7f01          | 4  | a stack is a list of addresses, not 7f01",
                "0x55aa           | 0xnothing       | 4  | a stack is a list of addresses, not 0xnothing",
                "@ 0x7f01         | nonsense        | 4  | a stack begins with @",
                "MAPPED_LIBRARIES | MAPPED          | 12 | a stack begins with @",
            })
    void whatIsMalformedIsNamedWithItsLine(String good, String bad, int line, String message) {
        // given
        String dump = DUMP.replace(good, bad);
        // when
        var outcome = HeapV2Reader.read(dump);
        // then
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Malformed.class, malformed -> {
            assertThat(malformed.message()).startsWith(message);
            assertThat(malformed.line()).isEqualTo(line);
        });
    }

    @Property
    void everyBeginningOfADumpIsMalformedAndNothingThrows(@ForAll("lengths") int length) {
        // given
        String beginning = DUMP.substring(0, length);
        // when
        var outcome = HeapV2Reader.read(beginning);
        // then
        assertThat(outcome).isInstanceOf(Outcome.Malformed.class);
    }

    @Property
    void aDumpThatIsCutOffWithinItsMappingsIsMalformed(@ForAll("lengthsWithinMappings") int length) {
        // given
        String beginning = DUMP.substring(0, length);
        // when
        var outcome = HeapV2Reader.read(beginning);
        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Malformed.class,
                        malformed ->
                                assertThat(malformed.message()).startsWith("the dump ends in the middle of a line"));
    }

    @Provide
    Arbitrary<Integer> lengthsWithinMappings() {
        int first = DUMP.indexOf("MAPPED_LIBRARIES:\n") + "MAPPED_LIBRARIES:\n".length();
        return Arbitraries.integers().between(first + 1, DUMP.length() - 1);
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(0, DUMP.indexOf("MAPPED_LIBRARIES:") + 16);
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        // when
        var outcome = HeapV2Reader.read(text);
        // then
        assertThat(outcome).isInstanceOfAny(Outcome.Read.class, Outcome.Malformed.class);
    }

    static HeapSamples samples(String dump) {
        return switch (HeapV2Reader.read(dump)) {
            case Outcome.Read(HeapSamples samples) -> samples;
            case Outcome.Malformed malformed -> throw new AssertionError(malformed.toString());
        };
    }
}

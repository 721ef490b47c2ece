package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts for threads that end, and holds Java bytes to what the JVM says, under each of its collectors. */
class LedgerTest {

    @ParameterizedTest
    @ValueSource(strings = {"Serial", "Parallel", "G1", "Z", "Shenandoah"})
    void whatIsCountedIsRightAndStaysWhenThreadsEnd(String collector) {
        // given
        ForkedJvm program =
                ForkedJvm.withJemalloc(LedgerProgram.class, "abort_conf:true").collector("-XX:+Use" + collector + "GC");
        // when
        Result result = program.run();
        // then
        assertThat(result.value("memory")).isEqualTo("Counting[java=true]");
        long[] brief = figures(result, "brief");
        // What a thread's first call needs of its own, its ledger and what the JVM loads for it, is counted or not.
        assertThat(brief[1]).isCloseTo(brief[0], Percentage.withPercentage(10));
        assertThat(brief[3]).isCloseTo(brief[2], Percentage.withPercentage(10));
        // The scopes of the loop are objects too, for the JVM alone, where the compiler leaves them.
        long[] loop = figures(result, "loop");
        assertThat(loop[1]).isCloseTo(loop[0], Percentage.withPercentage(15));
        assertThat(Integer.parseInt(result.value("ledgers"))).isLessThan(LedgerProgram.THREADS / 10);
    }

    private static long[] figures(Result result, String key) {
        return Arrays.stream(result.value(key).split(","))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}

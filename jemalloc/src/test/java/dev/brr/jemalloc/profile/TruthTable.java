package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares what profiles say with what was allocated: by Unsafe, direct buffers, JNA and zlib, on platform threads and on
 * virtual ones that park in the middle.
 */
abstract class TruthTable {

    static final String CONF = "abort_conf:true,prof:true,prof_active:false";

    /**
     * The truth is to be met within 5 %, which has to be no matter of luck: at least five standard deviations.
     *
     * <p>A block of b bytes is sampled with the probability p = 1 - exp(-b / 16 KiB), and counts for 1 / p when it is: the
     * sum over n of them has a relative standard deviation of sqrt((1 - p) / (p n)).
     *
     * <pre>
     *                                    n       p      deviation  five of them
     * byUnsafe        40 KiB           4800    0.918      0.43 %      2.2 %
     * byDirectBuffer  96 KiB            750    0.9975     0.18 %      0.9 %
     * byJna           96 KiB           1000    0.9975     0.16 %      0.8 %
     * byDeflater      6 to 128 KiB      480 of each       0.25 %      1.2 %
     * </pre>
     *
     * <p>At 64 KiB between samples p is 0.46 for a block of 40 KiB and 0.78 for one of 96 KiB, and five deviations are up to
     * 10 %: that would be a test of nothing.
     */
    private static final Percentage OF_THE_TRUTH = Percentage.withPercentage(5);

    private static final int LG_SAMPLE = 14;

    private final Result result;

    TruthTable(boolean virtual) {
        this(ForkedJvm.withJemalloc(TruthProgram.class, CONF), virtual);
    }

    /** Is one of a JVM that has jemalloc already. */
    TruthTable(ForkedJvm jvm, boolean virtual) {
        result = jvm.option("-Dvirtual=" + virtual)
                .option("-DlgSample=" + LG_SAMPLE)
                .option("-XX:MaxDirectMemorySize=400m")
                .run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"byUnsafe", "byDirectBuffer", "byJna", "byDeflater"})
    void bytesAreOnTheMethodThatAllocatedThem(String method) {
        // when
        long[] figures = figures(method);
        // then
        assertThat(figures[1]).isCloseTo(figures[0], OF_THE_TRUTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"byUnsafe", "byDirectBuffer", "byJna", "byDeflater"})
    void bytesAreOnTheOperationThatAllocatedThem(String method) {
        // when
        long[] figures = figures(method);
        // then
        assertThat(figures[2]).isPositive().isCloseTo(figures[1], Percentage.withPercentage(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"byUnsafe", "byDirectBuffer", "byJna", "byDeflater"})
    void noByteOfAMethodIsOnAnotherOperation(String method) {
        // when
        long bytes = result.number(method + ".otherwise");
        // then
        assertThat(bytes).isZero();
    }

    /** What the JIT compiler holds is left out: how much that is depends on what it is at. */
    @Test
    void hardlyAnythingIsOnNoMethod() {
        // given
        long attributed =
                figures("byUnsafe")[1] + figures("byDirectBuffer")[1] + figures("byJna")[1] + figures("byDeflater")[1];
        // when
        long all = result.number("all") - result.number("compiler");
        // then
        assertThat(100.0 * attributed / all).isCloseTo(100, within(3.0));
    }

    @ParameterizedTest
    @CsvSource({"byUnsafe, UNSAFE", "byDirectBuffer, DIRECT_BUFFER", "byJna, JNA", "byDeflater, ZLIB"})
    void bytesAreOfTheClassOfTheirAllocation(String method, String allocationClass) {
        // when
        long bytes = result.number("class." + allocationClass);
        // then
        assertThat(bytes).isCloseTo(figures(method)[1], Percentage.withPercentage(1));
    }

    @Test
    void operationsFollowVirtualThreads() {
        // when
        String frames = result.value("frames");
        // then
        assertThat(frames).isEqualTo("Hooked[followsVirtualThreads=true]");
    }

    private long[] figures(String method) {
        String[] numbers = result.value(method).split(",");
        return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2])};
    }
}

package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.brr.jemalloc.Absence;
import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.Jemalloc;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapProfilerTest {

    private static final long MEBIBYTE = 1 << 20;

    /** Of a mebibyte with one sample in 4 KiB nothing is left to chance. */
    private static final Percentage EXACTLY = Percentage.withPercentage(2);

    @Test
    void withoutJemallocThereIsNoneForTheSameReason() {
        // given
        var absent = new Jemalloc.Absent(Absence.MUSL, "the image is built on musl");
        // when
        var probe = HeapProfiler.probe(absent);
        // then
        assertThat(probe).isEqualTo(new HeapProfiler.Probe.Unavailable("the image is built on musl"));
    }

    @Test
    void aProcessThatWasStartedWithoutProfSaysHowToStartIt() {
        // given
        var process = ForkedJvm.withJemalloc(ProfilerStatesProgram.class, "abort_conf:true,prof:false");
        // when
        var result = process.run();
        // then
        assertThat(result.value("unavailable")).contains("prof:true,prof_active:false");
    }

    @Test
    void aProcessWithoutJemallocSaysThatItIsNotPreloaded() {
        // given
        var process = ForkedJvm.of(ProfilerStatesProgram.class);
        // when
        var result = process.run();
        // then
        assertThat(result.value("unavailable")).contains("LD_PRELOAD");
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class ThroughItsStates {

        private Result result = new Result(Map.of(), 1, "", "");

        @BeforeAll
        void run() {
            result = ForkedJvm.withJemalloc(ProfilerStatesProgram.class, "abort_conf:true,prof:true,prof_active:false")
                    .run();
        }

        @ParameterizedTest
        @CsvSource({"activeAtFirst, false", "activeAfterStart, true", "activeAfterStop, false"})
        void samplingIsSwitched(String when, boolean active) {
            // when
            String said = result.value(when);
            // then
            assertThat(said).isEqualTo(Boolean.toString(active));
        }

        @Test
        void whatWasAllocatedBeforeIsNotInAProfile() {
            // when
            long bytes = result.number("beforeAnything");
            // then
            // The JVM may have needed some kilobytes of its own below the same method; the block was a mebibyte.
            assertThat(bytes).isLessThan(1 << 19);
        }

        @Test
        void theRateIsTheOneThatWasAskedFor() {
            // when
            long rate = result.number("sampleBytes");
            // then
            assertThat(rate).isEqualTo(1 << 12);
        }

        @ParameterizedTest
        @CsvSource({"one, 1", "two, 2", "freed, 1", "stopped, 1"})
        void aProfileHasWhatIsInUseAndWasSampled(String when, long mebibytes) {
            // when
            long bytes = result.number(when);
            // then
            assertThat(bytes).isCloseTo(mebibytes * MEBIBYTE, EXACTLY);
        }

        @Test
        void aResetForgetsAllSamples() {
            // when
            long bytes = result.number("reset");
            // then
            assertThat(bytes).isZero();
        }

        @ParameterizedTest
        @CsvSource({"comparable, true", "comparableAcrossAReset, false"})
        void profilesOfOtherSamplesAreNotComparable(String which, boolean comparable) {
            // when
            String said = result.value(which);
            // then
            assertThat(said).isEqualTo(Boolean.toString(comparable));
        }

        @Test
        void aJavaFrameHasItsSourceFileAndALine() {
            // when
            String line = result.value("line");
            // then
            assertThat(line).isEqualTo("ProfilerStatesProgram.java:true");
        }
    }

    /** With one sample each 4 KiB, 64 mebibytes are never missed. */
    @Test
    void aProcessThatIsSampledFromTheStartHasJavaFramesWithoutMore() {
        // given
        var process = ForkedJvm.withJemalloc(
                SampledFromTheStartProgram.class, "abort_conf:true,prof:true,prof_active:true,lg_prof_sample:12");
        // when
        var result = process.run();
        // then
        assertThat(result.value("active")).isEqualTo("true");
        assertThat(result.value("frames")).isEqualTo("Hooked");
        assertThat(result.value("java")).isEqualTo("true");
        assertThat(result.value("operation")).isEqualTo("true");
    }

    @Test
    void aProcessThatIsOnlyReadyHasAnEmptyProfileAndNoHook() {
        // given
        var process =
                ForkedJvm.withJemalloc(SampledFromTheStartProgram.class, "abort_conf:true,prof:true,prof_active:false");
        // when
        var result = process.run();
        // then
        assertThat(result.value("active")).isEqualTo("false");
        assertThat(result.value("frames")).isEqualTo("NotYet");
        assertThat(result.value("empty")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1L << 40})
    void aNumberThatNobodyGaveIsNoOperation(long number) {
        // when
        var operation = ProfiledOperation.operation(number);
        // then
        assertThat(operation).isEqualTo(Optional.empty());
    }

    @Test
    void operationsRunTheirCodeWhetherOrNotAnybodyProfiles() throws Exception {
        // given
        var operation = ProfiledOperation.of("getPet");
        // when
        String answer = operation.call(() -> "a pet");
        // then
        assertThat(answer).isEqualTo("a pet");
    }

    @Test
    void whatTheCodeThrowsIsThrown() {
        // given
        var operation = ProfiledOperation.of("getPet");
        var failure = new IOException("no pet");
        // when
        Throwable thrown = catchThrowable(() -> operation.call(() -> {
            throw failure;
        }));
        // then
        assertThat(thrown).isSameAs(failure);
    }

    @Test
    void withoutJemallocTheHookSaysWhatIsMissing() {
        // given: this JVM runs on the C library's allocator
        // when
        var frames = JavaFrames.install();
        // then
        assertThat(frames).isEqualTo(new JavaFrames.Missing("no jemalloc is preloaded"));
    }
}

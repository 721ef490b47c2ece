package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares what is counted for operations with what they allocated. */
class OperationMemoryTest {

    /**
     * What the JVM needs of its own is counted too: classes that a first call loads, the ends of buffers that threads
     * allocate from. Bytes of another operation would be a third of the least here.
     */
    private static final Percentage LITTLE = Percentage.withPercentage(10);

    abstract static class Counted {

        private final Result result;

        Counted(boolean virtual) {
            this(ForkedJvm.withJemalloc(OperationMemoryProgram.class, "abort_conf:true"), virtual);
        }

        /** Is one of a JVM that has jemalloc already. */
        Counted(ForkedJvm jvm, boolean virtual) {
            result = jvm.option("-Dvirtual=" + virtual).run();
        }

        @Test
        void nativeAndJavaBytesAreCounted() {
            // when
            String memory = result.value("memory");
            // then
            assertThat(memory).isEqualTo("Counting[java=true]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"small", "large", "outer", "inner"})
        void nativeBytesAreOfTheOperationThatAllocatedThem(String operation) {
            // when
            long[] figures = figures(operation);
            // then
            assertThat(figures[1]).isCloseTo(figures[0], LITTLE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"small", "large", "outer", "inner"})
        void bytesOfJavaObjectsAreOfTheOperationThatMadeThem(String operation) {
            // when
            long[] figures = figures(operation);
            // then
            assertThat(figures[3]).isCloseTo(figures[2], LITTLE);
        }

        @Test
        void anOperationThatNeverRanHasNothing() {
            // when
            long[] figures = figures("never");
            // then
            assertThat(figures).containsOnly(0);
        }

        private long[] figures(String operation) {
            return Arrays.stream(result.value(operation).split(","))
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OnPlatformThreads extends Counted {
        OnPlatformThreads() {
            super(false);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OnVirtualThreadsThatPark extends Counted {
        OnVirtualThreadsThatPark() {
            super(true);
        }
    }

    @Test
    void withoutJemallocNothingIsCountedAndItIsSaidWhy() {
        // given
        ForkedJvm program = ForkedJvm.of(OperationMemoryProgram.class);
        // when
        String memory = program.run().value("memory");
        // then
        assertThat(memory).isEqualTo("Missing[reason=no jemalloc is preloaded]");
    }

    @Test
    void withoutNativeAccessNothingIsCountedAndItIsSaidWhy() {
        // given
        ForkedJvm program = ForkedJvm.withJemalloc(OperationMemoryProgram.class, "abort_conf:true")
                .withoutNativeAccess();
        // when
        String memory = program.run().value("memory");
        // then
        assertThat(memory)
                .isEqualTo("Missing[reason=this JVM forbids native access (--illegal-native-access=deny); allow it to"
                        + " ALL-UNNAMED by --enable-native-access]");
    }
}

package dev.brr.jemalloc.profile;

import static dev.brr.jemalloc.profile.FollowedThreadsProgram.BLOCK;
import static dev.brr.jemalloc.profile.FollowedThreadsProgram.BLOCKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.profile.FollowedThreadsProgram.Way;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Has virtual threads leave the only carrier there is, in each way, and others allocate on it meanwhile. */
@TestInstance(Lifecycle.PER_CLASS)
class FollowedThreadsTest {

    /** What the JVM needs of its own: classes that a call loads, stacks and timers of threads that wait. */
    private static final long LITTLE = 8L * BLOCK;

    private static final long OTHERS = (long) BLOCKS * BLOCK;

    private final Result result = ForkedJvm.withJemalloc(FollowedThreadsProgram.class, "abort_conf:true")
            .option("-Djdk.virtualThreadScheduler.parallelism=1")
            .option("-Djdk.virtualThreadScheduler.maxPoolSize=1")
            .run();

    @Test
    void bytesAreCounted() {
        // when
        String memory = result.value("memory");
        // then
        assertThat(memory).isEqualTo("Counting[java=true]");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatOthersAllocateWhileAThreadIsAwayIsNotOfItsOperation(Way way) {
        // when
        long[] bytes = bytes(way.name());
        // then
        assertThat(bytes[0]).as("native").isBetween((long) BLOCK, BLOCK + LITTLE);
        assertThat(bytes[1]).as("Java").isBetween((long) BLOCK, BLOCK + LITTLE);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatTheyAllocateIsOfTheirOwnOperation(Way way) {
        // when
        long[] bytes = bytes("other." + way);
        // then
        assertThat(bytes[0]).as("native").isBetween(OTHERS, OTHERS + LITTLE);
        assertThat(bytes[1]).as("Java").isBetween(OTHERS, OTHERS + LITTLE);
    }

    @Test
    void noneOfTheseThreadsWasLost() {
        // when
        String unfollowed = result.value("unfollowed");
        // then
        assertThat(unfollowed).isEqualTo("0");
    }

    @Test
    void ofAThreadThatIsPinnedFromItsFirstOperationNothingIsCounted() {
        // when
        long[] bytes = bytes("pinned");
        // then
        assertThat(bytes).containsOnly(0);
        assertThat(result.value("unfollowedWhilePinned")).isEqualTo("1");
    }

    @Test
    void ofAThreadThatWasFollowedBeforeItIsPinnedEverythingIsCounted() {
        // when
        long[] bytes = bytes("pinnedLater");
        // then
        assertThat(bytes[0]).as("native").isBetween(OTHERS, OTHERS + LITTLE);
        assertThat(result.value("unfollowedAtLast")).isEqualTo("1");
    }

    @Test
    void anOperationWithinAnotherKeepsItsOwnBytesWhenTheThreadLeaves() {
        // when
        long[] outer = bytes("outer");
        long[] inner = bytes("inner");
        // then
        assertThat(outer[1]).isBetween(4L * BLOCK, 5L * BLOCK);
        assertThat(inner[1]).isBetween(2L * BLOCK, 3L * BLOCK);
    }

    private long[] bytes(String operation) {
        return Arrays.stream(result.value(operation).split(","))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}

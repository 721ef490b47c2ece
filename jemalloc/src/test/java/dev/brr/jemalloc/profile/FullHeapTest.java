package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Continues a virtual thread where the heap has no room for following it. */
@TestInstance(Lifecycle.PER_CLASS)
class FullHeapTest {

    private static final long BLOCK = 1 << 20;

    private final Result result =
            ForkedJvm.withJemalloc(FullHeapProgram.class, "abort_conf:true").run();

    @Test
    void aThreadGoesOnWhereItCannotBeFollowed() {
        // when
        String wentOn = result.value("wentOn");
        // then
        assertThat(result.value("memory")).isEqualTo("Counting[java=true]");
        assertThat(wentOn).isEqualTo("true");
        assertThat(result.value("failure")).isEqualTo("null");
    }

    @Test
    void whatItAllocatesMeanwhileIsOfNoOperation() {
        // when
        long meanwhile = result.number("onFullHeap");
        // then
        assertThat(result.number("before")).isGreaterThanOrEqualTo(BLOCK);
        assertThat(meanwhile).isEqualTo(result.number("before"));
    }

    @Test
    void itIsFollowedAgainOnceThereIsRoom() {
        // when
        long after = result.number("after");
        // then
        assertThat(after).isGreaterThanOrEqualTo(result.number("onFullHeap") + BLOCK);
    }
}

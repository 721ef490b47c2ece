package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks the library itself what becomes of the options that {@link Contradiction} calls void. */
class VoidOptionsTest {
    private static final int ZEROED = 0;
    private static final int JUNK_ALLOCATED = 0xa5;
    private static final int JUNK_FREED = 0x5a;
    private static final int WRITTEN = 7;

    private static Result with(String conf) {
        return ForkedJvm.withJemalloc(VoidOptionsProgram.class, conf).run();
    }

    @Test
    void withAnArenaForEachCpuASmallerNumberOfThemIsVoid() {
        // given
        Result unsaid = with("percpu_arena:percpu,narenas:default");
        // when
        Result one = with("percpu_arena:percpu,narenas:1");
        Result ratio = with("percpu_arena:percpu,narenas_ratio:9");
        // then
        assertThat(one.number("narenas")).isEqualTo(unsaid.number("narenas"));
        assertThat(ratio.number("narenas")).isEqualTo(unsaid.number("narenas"));
    }

    @ParameterizedTest
    @CsvSource({
        "zero:true, " + ZEROED + "," + WRITTEN,
        "junk:alloc, " + JUNK_ALLOCATED + "," + WRITTEN,
        "junk:true, " + JUNK_ALLOCATED + "," + JUNK_FREED,
        "'zero:true,junk:alloc', " + ZEROED + "," + WRITTEN,
        "'junk:alloc,zero:true', " + ZEROED + "," + WRITTEN,
        "'zero:true,junk:true', " + ZEROED + "," + JUNK_FREED,
        "'zero:true,junk:free', " + ZEROED + "," + JUNK_FREED
    })
    void whatIsZeroedHoldsNoJunkAndWhatIsFreedDoes(String conf, int allocated, int freed) {
        // given
        // when
        Result result = with(conf);
        // then
        assertThat(result.number("allocated")).isEqualTo(allocated);
        assertThat(result.number("freed")).isEqualTo(freed);
    }

    @ParameterizedTest
    @CsvSource({
        "'background_thread:true,max_background_threads:2', true",
        "max_background_threads:2, false",
        "'background_thread:false,max_background_threads:2', false"
    })
    void aNumberOfBackgroundThreadsStartsNone(String conf, boolean any) {
        // given
        // when
        Result result = with(conf);
        // then
        assertThat(result.number("threads") > 0).isEqualTo(any);
    }
}

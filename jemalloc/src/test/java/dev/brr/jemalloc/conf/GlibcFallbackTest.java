package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import dev.brr.jemalloc.ForkedJvm.Result;
import dev.brr.jemalloc.ReportProgram;
import org.junit.jupiter.api.Test;

class GlibcFallbackTest {

    @Test
    void theJvmKnowsItsOptionAndGlibcItsVariable() {
        // when
        Result result = ForkedJvm.of(ReportProgram.class)
                .env(GlibcFallback.VARIABLE, GlibcFallback.VALUE)
                .option(GlibcFallback.JVM_OPTION)
                .run();

        // then
        assertThat(result.exit()).isZero();
        assertThat(result.err()).doesNotContain("Unrecognized", "TrimNativeHeap", "MALLOC_ARENA_MAX");
        assertThat(result.value("loaded")).isEqualTo("false");
    }

    @Test
    void besideJemallocBothAreNoTrouble() {
        // when
        Result result = ForkedJvm.withJemalloc(ReportProgram.class, "abort_conf:true,narenas:1")
                .env(GlibcFallback.VARIABLE, GlibcFallback.VALUE)
                .option(GlibcFallback.JVM_OPTION)
                .run();

        // then
        assertThat(result.value("loaded")).isEqualTo("true");
        assertThat(result.value("mismatches")).isEqualTo("[]");
    }
}

package dev.brr.jemalloc.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.ForkedJvm;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LateCountTest {

    @Test
    void anOperationThatBeganBeforeTheCountHasWhatItMadeAndNotWhatItsThreadMadeBefore() {
        // given
        var jvm = ForkedJvm.withJemalloc(LateCountProgram.class, "abort_conf:true,prof:true,prof_active:false");
        // when
        var result = jvm.run();
        // then
        assertThat(result.value("memory")).isEqualTo("Counting[java=true]");
        assertThat(result.number("early")).isCloseTo(result.number("made"), Percentage.withPercentage(10));
        assertThat(result.number("late")).isCloseTo(result.number("made"), Percentage.withPercentage(10));
    }
}

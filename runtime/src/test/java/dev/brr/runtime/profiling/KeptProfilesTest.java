package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.profile.HeapProfile;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeptProfilesTest {

    private final KeptProfiles kept = new KeptProfiles();

    @Test
    void thereIsNoneAtFirst() {
        // given
        // when
        var oldest = kept.oldest();
        // then
        assertThat(oldest).isEmpty();
        assertThat(kept.numbers()).isEmpty();
    }

    @Test
    void aProfileIsFoundByTheNumberThatItGot() {
        // given
        var first = profile(1);
        var second = profile(2);
        // when
        long one = kept.keep(first);
        long two = kept.keep(second);
        // then
        assertThat(kept.get(one)).contains(first);
        assertThat(kept.get(two)).contains(second);
        assertThat(kept.get(three(two))).isEmpty();
    }

    @Test
    void beyondEightTheOldestIsForgotten() {
        // given
        for (int i = 1; i <= 8; i++) {
            kept.keep(profile(i));
        }
        // when
        kept.keep(profile(9));
        // then
        assertThat(kept.get(1)).isEmpty();
        assertThat(kept.oldest()).contains(profile(2));
        assertThat(kept.numbers()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Property
    void aNumberIsNeverGivenTwice(@ForAll @IntRange(min = 1, max = 40) int times) {
        // given
        var many = new KeptProfiles();
        // when
        long last = 0;
        for (int i = 0; i < times; i++) {
            last = many.keep(profile(i));
        }
        // then
        assertThat(last).isEqualTo(times);
        assertThat(many.numbers()).hasSize(Math.min(times, 8)).contains(last);
    }

    private static long three(long two) {
        return two + 1;
    }

    private static HeapProfile profile(long second) {
        return new HeapProfile(Instant.ofEpochSecond(second), 524_288, List.of());
    }
}

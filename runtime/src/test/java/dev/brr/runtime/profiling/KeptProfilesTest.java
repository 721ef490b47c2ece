package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.StackFrame;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptProfilesTest {

    private final KeptProfiles kept = new KeptProfiles();

    @Test
    void thereIsNoneAtFirst() {
        // given
        // when
        var oldest = kept.oldestFor(profile(1));
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
        assertThat(kept.oldestFor(profile(9))).contains(profile(2));
        assertThat(kept.numbers()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    /** Profiles by how often samples had been forgotten before, and what goes with one that is as old. */
    @ParameterizedTest(name = "kept {0}, one of {1}: {2}")
    @CsvSource({
        "'0 0 0', 0, '1 2 3'",
        "'0 0 1', 1, '3'",
        "'0 0 1', 0, '1 2'",
        "'0 1 2', 1, '2'",
        "'1 1 1', 0, ''",
        "'0 1 1', 1, '2 3'",
    })
    void onlyThoseOfTheSameSamplesAreComparedWith(String resets, long resetsOfTheOther, String numbers) {
        // given
        for (String each : resets.split(" ")) {
            kept.keep(new HeapProfile(Instant.EPOCH, 524_288, Long.parseLong(each), List.of()));
        }
        var other = new HeapProfile(Instant.EPOCH, 524_288, resetsOfTheOther, List.of());
        // when
        var found = kept.numbersFor(other);
        // then
        assertThat(found.stream().map(Object::toString))
                .containsExactly(numbers.isEmpty() ? new String[0] : numbers.split(" "));
        assertThat(kept.oldestFor(other)).isEqualTo(found.stream().findFirst().flatMap(kept::get));
    }

    /** In parts of what all may have together. */
    @ParameterizedTest(name = "{0} of {1} of the frames leave {2}")
    @CsvSource({"8, 8, 8", "9, 8, 8", "8, 4, 4", "3, 2, 2", "2, 1, 1", "1, 1, 1", "5, 3, 3"})
    void ofLargeProfilesFewerAreKept(int profiles, int part, int left) {
        // given
        var stack = new HeapProfile.Stack(
                Collections.nCopies(100, new StackFrame("a.B.c", "B.java", 1, StackFrame.Kind.JAVA)), "", 1, 1);
        int stacks = (int) (KeptProfiles.MOST_FRAMES / 100 / part);
        // when
        for (int i = 1; i <= profiles; i++) {
            kept.keep(new HeapProfile(Instant.ofEpochSecond(i), 524_288, Collections.nCopies(stacks, stack)));
        }
        // then
        assertThat(kept.numbers()).hasSize(left).contains((long) profiles);
    }

    @Test
    void oneProfileIsKeptHoweverLargeItIs() {
        // given
        var stack = new HeapProfile.Stack(
                Collections.nCopies(100, new StackFrame("a.B.c", "B.java", 1, StackFrame.Kind.JAVA)), "", 1, 1);
        kept.keep(profile(1));
        // when
        long large = kept.keep(new HeapProfile(
                Instant.EPOCH, 524_288, Collections.nCopies((int) KeptProfiles.MOST_FRAMES / 50, stack)));
        // then
        assertThat(kept.numbers()).containsExactly(large);
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

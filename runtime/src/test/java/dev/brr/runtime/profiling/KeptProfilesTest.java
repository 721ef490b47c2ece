package dev.brr.runtime.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.StackFrame;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptProfilesTest {

    private final KeptProfiles kept = new KeptProfiles("1f2e3d4c");

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
    void aProfileIsFoundByTheNumberThatItGot() throws RefusedException {
        // given
        var first = profile(1);
        var second = profile(2);
        // when
        String one = kept.keep(first);
        String two = kept.keep(second);
        // then
        assertThat(one).isEqualTo("1-1f2e3d4c");
        assertThat(kept.get(one)).isEqualTo(first);
        assertThat(kept.get(two)).isEqualTo(second);
        assertThat(kept.get("2")).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3-1f2e3d4c            | there is no profile 3-1f2e3d4c; kept are [1-1f2e3d4c]",
                "3                     | there is no profile 3; kept are [1-1f2e3d4c]",
                "1-00000000            | profile 1-00000000 is of another run of the service; kept of this one are [1-1f2e3d4c]",
                "7-1f2e3d4d            | profile 7-1f2e3d4d is of another run of the service; kept of this one are [1-1f2e3d4c]",
                "first                 | there is no profile first; kept are [1-1f2e3d4c]",
                "1-                    | there is no profile 1-; kept are [1-1f2e3d4c]",
                "1-1F2E3D4C            | there is no profile 1-1F2E3D4C; kept are [1-1f2e3d4c]",
                "1-1f2e                | there is no profile 1-1f2e; kept are [1-1f2e3d4c]",
                "-1                    | there is no profile -1; kept are [1-1f2e3d4c]",
                "99999999999999999999  | there is no profile 99999999999999999999; kept are [1-1f2e3d4c]",
                "''                    | there is no profile ; kept are [1-1f2e3d4c]"
            })
    void whatIsNoNumberOfThisRunIsRefused(String number, String detail) {
        // given
        kept.keep(profile(1));
        // when
        var refused = catchThrowableOfType(RefusedException.class, () -> kept.get(number));
        // then
        assertThat(refused.detail()).isEqualTo(detail);
    }

    @Test
    void runsHaveNamesOfTheirOwn() {
        // given
        var names = new HashSet<String>();
        // when
        for (int i = 0; i < 8; i++) {
            names.add(new KeptProfiles().keep(profile(i)));
        }
        // then: that all are the same happens once in 2^224 times
        assertThat(names).hasSizeGreaterThan(1).allMatch(name -> name.matches("1-[0-9a-f]{8}"));
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
        assertThat(catchThrowableOfType(RefusedException.class, () -> kept.get("1")))
                .isNotNull();
        assertThat(kept.oldestFor(profile(9))).contains(profile(2));
        assertThat(kept.numbers())
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 9)
                        .mapToObj(KeptProfilesTest::named)
                        .toList());
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
    void onlyThoseOfTheSameSamplesAreComparedWith(String resets, long resetsOfTheOther, String numbers)
            throws RefusedException {
        // given
        for (String each : resets.split(" ")) {
            kept.keep(new HeapProfile(Instant.EPOCH, 524_288, Long.parseLong(each), List.of()));
        }
        var other = new HeapProfile(Instant.EPOCH, 524_288, resetsOfTheOther, List.of());
        // when
        var found = kept.numbersFor(other);
        // then
        assertThat(found.stream().map(number -> number.substring(0, number.indexOf('-'))))
                .containsExactly(numbers.isEmpty() ? new String[0] : numbers.split(" "));
        assertThat(kept.oldestFor(other).isPresent()).isEqualTo(!found.isEmpty());
        if (!found.isEmpty()) {
            assertThat(kept.oldestFor(other)).contains(kept.get(found.getFirst()));
        }
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
        assertThat(kept.numbers()).hasSize(left).contains(named(profiles));
    }

    @Test
    void oneProfileIsKeptHoweverLargeItIs() {
        // given
        var stack = new HeapProfile.Stack(
                Collections.nCopies(100, new StackFrame("a.B.c", "B.java", 1, StackFrame.Kind.JAVA)), "", 1, 1);
        kept.keep(profile(1));
        // when
        String large = kept.keep(new HeapProfile(
                Instant.EPOCH, 524_288, Collections.nCopies((int) KeptProfiles.MOST_FRAMES / 50, stack)));
        // then
        assertThat(kept.numbers()).containsExactly(large);
    }

    @Property
    void aNumberIsNeverGivenTwice(@ForAll @IntRange(min = 1, max = 40) int times) {
        // given
        var many = new KeptProfiles();
        // when
        var given = new HashSet<String>();
        for (int i = 0; i < times; i++) {
            given.add(many.keep(profile(i)));
        }
        // then
        assertThat(given).hasSize(times).containsAll(many.numbers());
        assertThat(many.numbers()).hasSize(Math.min(times, 8));
    }

    private static String named(int number) {
        return number + "-1f2e3d4c";
    }

    private static HeapProfile profile(long second) {
        return new HeapProfile(Instant.ofEpochSecond(second), 524_288, List.of());
    }
}

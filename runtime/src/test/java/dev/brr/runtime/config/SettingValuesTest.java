package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingValuesTest {
    private static final SettingKey<Long> NUMBER =
            SettingKey.of("a.number", "--number", ValueType.whole(0, 9), 7L, "m");
    private static final SettingKey<Long> BARE = SettingKey.of("a.bare", "--bare", ValueType.whole(0, 9), null, "m");
    private static final SettingKey<Long> FAMILY =
            SettingKey.of("a.family.<x>", "--family", ValueType.whole(0, 9), null, "m");

    private final List<String> mistakes = new ArrayList<>();

    /** A source that says the same of every setting, and has members of every family. */
    private record Says(Optional<Given> every, Map<String, Given> members) implements SettingSource {
        static Says nothing() {
            return new Says(Optional.empty(), Map.of());
        }

        static Says of(String source, String... texts) {
            return new Says(Optional.of(new Given(source, List.of(texts))), Map.of());
        }

        static Says members(Map<String, Given> members) {
            return new Says(Optional.empty(), members);
        }

        @Override
        public Optional<Given> find(SettingKey<?> key) {
            return every;
        }

        @Override
        public Map<String, Given> findEach(SettingKey<?> family) {
            return members;
        }
    }

    private SettingValues values(SettingSource... sources) {
        return new SettingValues(List.of(sources), mistakes);
    }

    @Test
    void theFirstSourceThatKnowsCounts() {
        // then
        assertThat(values(Says.nothing(), Says.of("b", "2"), Says.of("c", "3")).get(NUMBER))
                .isEqualTo(2);
        assertThat(mistakes).isEmpty();
    }

    @Test
    void theDefaultCountsWhenNobodyKnows() {
        // then
        assertThat(values(Says.nothing()).get(NUMBER)).isEqualTo(7);
        assertThat(values().find(NUMBER)).isEmpty();
    }

    @Test
    void aMistakeIsNotMendedByTheNextSource() {
        // then
        assertThat(values(Says.of("a", "x"), Says.of("b", "2")).find(NUMBER)).isEmpty();
        assertThat(mistakes).containsExactly("a: has to be a whole number from 0 to 9, not x");
    }

    @Test
    void aMistakeLeavesTheDefaultSoThatTheRestIsReadToo() {
        // then
        assertThat(values(Says.of("a", "x")).get(NUMBER)).isEqualTo(7);
        assertThat(mistakes).hasSize(1);
    }

    @Test
    void anEmptyTextIsNotQuoted() {
        // then
        assertThat(values(Says.of("a", " ")).find(NUMBER)).isEmpty();
        assertThat(mistakes).containsExactly("a: has to be a whole number from 0 to 9");
    }

    @Test
    void aSettingWithoutADefaultIsNamedWhereOneIsAskedFor() {
        // then
        assertThatThrownBy(() -> values().get(BARE))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("--bare");
    }

    @Test
    void eachItemOfAListIsJudged() {
        // then
        assertThat(values(Says.of("a", "1", "x", "3", "10")).list(NUMBER)).containsExactly(1L, 3L);
        assertThat(mistakes)
                .containsExactly(
                        "a: has to be a whole number from 0 to 9, not x",
                        "a: has to be a whole number from 0 to 9, not 10");
    }

    @Test
    void aListIsThatOfOneSourceAlone() {
        // then
        assertThat(values(Says.of("a", "1"), Says.of("b", "2", "3")).list(NUMBER))
                .containsExactly(1L);
        assertThat(values().list(NUMBER)).isEmpty();
    }

    @Test
    void theMembersOfAFamilyComeFromAllSourcesEachFromTheFirst() {
        // given
        SettingValues values = values(
                Says.members(Map.of("B", Given.of("first", "1"), "A", Given.of("first", "2"))),
                Says.members(Map.of("B", Given.of("second", "3"), "C", Given.of("second", "4"))));

        // then
        assertThat(values.map(FAMILY)).containsExactly(Map.entry("A", 2L), Map.entry("B", 1L), Map.entry("C", 4L));
        assertThat(values.each(FAMILY).get("B")).isEqualTo(Given.of("first", "1"));
    }

    @Test
    void aMemberWithoutANameIsAMistakeAndNoMember() {
        // given
        SettingValues values = values(Says.members(Map.of("", Given.of("a", "1"), "B", Given.of("b", "2"))));

        // then
        assertThat(values.each(FAMILY)).containsOnlyKeys("B");
        assertThat(mistakes).containsExactly("a: names no scheme");
    }

    @Test
    void aMemberThatCannotBeReadIsLeftOutAndNamed() {
        // given
        SettingValues values = values(Says.members(Map.of("A", Given.of("a", "1"), "B", Given.of("b", "x"))));

        // then
        assertThat(values.map(FAMILY)).containsExactly(Map.entry("A", 1L));
        assertThat(mistakes).containsExactly("b: has to be a whole number from 0 to 9, not x");
    }
}

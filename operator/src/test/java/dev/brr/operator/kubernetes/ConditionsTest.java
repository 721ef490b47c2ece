package dev.brr.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    private static final String START = "2026-01-01T00:00:00Z";
    private static final Finding BUILT = Finding.holds(ConditionType.ImageBuilt, Reason.Built, "built revision 1");

    private final SetClock clock = new SetClock(START);
    private final Conditions conditions = new Conditions(clock);

    @Test
    void aNewConditionHasEveryFieldOfTheApiConventions() {
        // given
        var findings = List.of(BUILT);
        // when
        var merged = conditions.merge(null, findings, 7L);
        // then
        assertThat(merged)
                .containsExactly(new ConditionBuilder()
                        .withType("ImageBuilt")
                        .withStatus("True")
                        .withReason("Built")
                        .withMessage("built revision 1")
                        .withObservedGeneration(7L)
                        .withLastTransitionTime(START)
                        .build());
    }

    @Test
    void anUnchangedStateYieldsAnEqualListHoweverMuchTimePasses() {
        // given
        var before = conditions.merge(null, List.of(BUILT), 7L);
        clock.pass(Duration.ofHours(5));
        // when
        var after = conditions.merge(before, List.of(BUILT), 7L);
        // then
        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "True,    True,    stays",
        "False,   False,   stays",
        "Unknown, Unknown, stays",
        "True,    False,   moves",
        "True,    Unknown, moves",
        "False,   True,    moves",
        "False,   Unknown, moves",
        "Unknown, True,    moves",
        "Unknown, False,   moves",
    })
    void theTransitionTimeMovesOnlyWithTheStatus(Status from, Status to, String time) {
        // given
        var before = conditions.merge(null, List.of(rolledOut(from, Reason.RollingOut, "1 of 2")), 7L);
        clock.pass(Duration.ofMinutes(1));
        // when
        var after = conditions.merge(before, List.of(rolledOut(to, Reason.RollingOut, "1 of 2")), 7L);
        // then
        assertThat(after.getFirst().getLastTransitionTime())
                .isEqualTo(time.equals("moves") ? "2026-01-01T00:01:00Z" : START);
    }

    @Test
    void anotherReasonMessageOrGenerationIsTakenOverAndLeavesTheTransitionTime() {
        // given
        var before = conditions.merge(null, List.of(rolledOut(Status.False, Reason.RolloutFailed, "slow")), 7L);
        clock.pass(Duration.ofMinutes(1));
        // when
        var after = conditions.merge(before, List.of(rolledOut(Status.False, Reason.RolledBack, "back")), 8L);
        // then
        assertThat(after.getFirst())
                .extracting(
                        Condition::getReason,
                        Condition::getMessage,
                        Condition::getObservedGeneration,
                        Condition::getLastTransitionTime)
                .containsExactly("RolledBack", "back", 8L, START);
    }

    @Test
    void aConditionThatNothingWasFoundAboutIsDropped() {
        // given
        var before =
                conditions.merge(null, List.of(BUILT, rolledOut(Status.True, Reason.RolloutComplete, "2 of 2")), 7L);
        // when
        var after = conditions.merge(before, List.of(BUILT), 7L);
        // then
        assertThat(after).extracting(Condition::getType).containsExactly("ImageBuilt");
    }

    @Test
    void conditionsAreInTheOrderOfTheFindingsWhateverTheirOrderBefore() {
        // given
        var rolledOut = rolledOut(Status.True, Reason.RolloutComplete, "2 of 2");
        var before = conditions.merge(null, List.of(rolledOut, BUILT), 7L);
        // when
        var after = conditions.merge(before, List.of(BUILT, rolledOut), 7L);
        // then
        assertThat(after).extracting(Condition::getType).containsExactly("ImageBuilt", "RolledOut");
    }

    @Test
    void timesAreWholeSeconds() {
        // given
        clock.pass(Duration.ofMillis(1234));
        // when
        var merged = conditions.merge(null, List.of(BUILT), 7L);
        // then
        assertThat(merged.getFirst().getLastTransitionTime()).isEqualTo("2026-01-01T00:00:01Z");
    }

    @Test
    void aServiceWithoutGenerationGetsConditionsWithoutOne() {
        // given
        Long generation = null;
        // when
        var merged = conditions.merge(null, List.of(BUILT), generation);
        // then
        assertThat(merged.getFirst().getObservedGeneration()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "1999, 1999, false", "2000, 2000, false", "2001, 2000, true", "90000, 2000, true"})
    void aMessageIsAtMost2000CharactersAndShowsThatItWasCut(int length, int expected, boolean cut) {
        // given
        var finding = Finding.fails(ConditionType.ImageBuilt, Reason.BuildFailed, "x".repeat(length));
        // when
        var message = conditions.merge(null, List.of(finding), 1L).getFirst().getMessage();
        // then
        assertThat(message).hasSize(expected);
        assertThat(message.endsWith("…")).isEqualTo(cut);
    }

    @Test
    void aCutMessageStaysEqualToItself() {
        // given
        var finding = Finding.fails(ConditionType.ImageBuilt, Reason.BuildFailed, "x".repeat(3000));
        var before = conditions.merge(null, List.of(finding), 1L);
        // when
        var after = conditions.merge(before, List.of(finding), 1L);
        // then
        assertThat(after).isEqualTo(before);
    }

    @Property
    void theTransitionTimeIsAlwaysThatOfTheLastChangeOfStatus(@ForAll @NotEmpty List<Status> history) {
        // given
        List<Condition> merged = null;
        Status last = null;
        var changed = clock.instant();
        // when
        for (var status : history) {
            clock.pass(Duration.ofSeconds(10));
            changed = status == last ? changed : clock.instant();
            last = status;
            merged = conditions.merge(merged, List.of(rolledOut(status, Reason.RollingOut, "on the way")), 1L);
        }
        // then
        assertThat(lastTransitionTime(merged)).isEqualTo(changed.toString());
    }

    @Test
    void findsAConditionByItsType() {
        // given
        var merged =
                conditions.merge(null, List.of(rolledOut(Status.True, Reason.RolloutComplete, "2 of 2"), BUILT), 7L);
        // when
        var found = Conditions.find(merged, ConditionType.ImageBuilt);
        // then
        assertThat(found).map(Condition::getReason).contains("Built");
    }

    @Test
    void findsNothingAmongNoConditions() {
        // given
        List<Condition> none = null;
        // when
        var found = Conditions.find(none, ConditionType.Ready);
        // then
        assertThat(found).isEmpty();
    }

    @Test
    void findsNothingWhereOnlyOtherTypesAre() {
        // given
        var merged = conditions.merge(null, List.of(BUILT), 7L);
        // when
        var found = Conditions.find(merged, ConditionType.Ready);
        // then
        assertThat(found).isEmpty();
    }

    private static Finding rolledOut(Status status, Reason reason, String message) {
        return new Finding(ConditionType.RolledOut, status, reason, message);
    }

    private static String lastTransitionTime(@Nullable List<Condition> merged) {
        return Conditions.find(merged, ConditionType.RolledOut).orElseThrow().getLastTransitionTime();
    }
}

package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.operator.brrservice.Transitions.Transition;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Conditions;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.kubernetes.SetClock;
import dev.brr.operator.kubernetes.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {

    private static final Target TARGET = SampleCluster.TARGET;
    private static final RolloutPlan NOTHING_NEW = new RolloutPlan.Roll(TARGET, Change.None);
    private static final Finding BUILT = Finding.holds(ConditionType.ImageBuilt, Reason.Built, "built revision 1");
    private static final Finding FAILED = Finding.fails(ConditionType.ImageBuilt, Reason.BuildFailed, "no space left");

    @Test
    void theFirstStatusTellsEveryConditionThatMatters() {
        // given
        var after = status(
                Finding.fails(ConditionType.Ready, Reason.TuningIgnored, "narenas is 4"),
                BUILT,
                Finding.holds(ConditionType.RolledOut, Reason.RolloutComplete, "2 of 2 pods run it"),
                Finding.fails(ConditionType.TuningApplied, Reason.TuningIgnored, "narenas is 4"),
                Finding.holds(
                        ConditionType.DashboardPublished, Reason.DashboardPublished, "ConfigMap petstore-dashboard"));
        // when
        var told = Transitions.between(null, after, NOTHING_NEW);
        // then
        assertThat(told)
                .containsExactly(
                        new Transition(false, Reason.Built, "built revision 1"),
                        new Transition(false, Reason.RolloutComplete, "2 of 2 pods run it"),
                        new Transition(true, Reason.TuningIgnored, "narenas is 4"),
                        new Transition(false, Reason.DashboardPublished, "ConfigMap petstore-dashboard"));
    }

    @Test
    void aSecretThatIsMissingIsToldOnce() {
        // given
        var rolling = status(Finding.pends(ConditionType.RolledOut, Reason.RollingOut, "0 of 2 pods run it"));
        var missing = status(Finding.fails(ConditionType.RolledOut, Reason.SecretNotFound, "key a of Secret b"));
        // when
        var first = Transitions.between(rolling, missing, NOTHING_NEW);
        var then = Transitions.between(missing, missing, NOTHING_NEW);
        // then
        assertThat(first).containsExactly(new Transition(true, Reason.SecretNotFound, "key a of Secret b"));
        assertThat(then).isEmpty();
    }

    @Test
    void anUnchangedStatusTellsNothing() {
        // given
        var before = status(BUILT);
        // when
        var told = Transitions.between(before, status(BUILT), NOTHING_NEW);
        // then
        assertThat(told).isEmpty();
    }

    @Test
    void anotherMessageAloneTellsNothing() {
        // given
        var before = status(FAILED);
        var after = status(Finding.fails(ConditionType.ImageBuilt, Reason.BuildFailed, "no space left (attempt 2)"));
        // when
        var told = Transitions.between(before, after, NOTHING_NEW);
        // then
        assertThat(told).isEmpty();
    }

    @Test
    void anotherReasonIsToldEvenWithTheSameStatus() {
        // given
        var before = status(FAILED);
        var after = status(Finding.fails(ConditionType.ImageBuilt, Reason.DocumentInvalid, "line 3: is wrong"));
        // when
        var told = Transitions.between(before, after, NOTHING_NEW);
        // then
        assertThat(told).containsExactly(new Transition(true, Reason.DocumentInvalid, "line 3: is wrong"));
    }

    @Test
    void anotherStatusIsToldEvenWithTheSameReason() {
        // given
        var before = status(Finding.pends(ConditionType.TuningApplied, Reason.ScaledToZero, "no pod runs"));
        var after = status(Finding.holds(ConditionType.TuningApplied, Reason.ScaledToZero, "no pod runs"));
        // when
        var told = Transitions.between(before, after, NOTHING_NEW);
        // then
        assertThat(told).hasSize(1);
    }

    @Test
    void aConditionThatIsNewIsTold() {
        // given
        var before = status(BUILT);
        var after = status(BUILT, Finding.holds(ConditionType.RolledOut, Reason.RolloutComplete, "2 of 2 pods run it"));
        // when
        var told = Transitions.between(before, after, NOTHING_NEW);
        // then
        assertThat(told).extracting(Transition::reason).containsExactly(Reason.RolloutComplete);
    }

    @ParameterizedTest
    @EnumSource
    void readyIsNeverToldBecauseAnotherConditionIs(Status status) {
        // given
        var after = status(new Finding(ConditionType.Ready, status, Reason.BuildFailed, "no space left"));
        // when
        var told = Transitions.between(null, after, NOTHING_NEW);
        // then
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"Waiting", "TuningUnread", "RollingOut", "DashboardDisabled"})
    void statesOnTheWayAreNotTold(Reason reason) {
        // given
        var after = status(Finding.pends(ConditionType.RolledOut, reason, "on the way"));
        // when
        var told = Transitions.between(null, after, NOTHING_NEW);
        // then
        assertThat(told).isEmpty();
    }

    @Test
    void aBuildThatBeginsIsTold() {
        // given
        var after = status(Finding.pends(ConditionType.ImageBuilt, Reason.Building, "the image is being built"));
        // when
        var told = Transitions.between(null, after, NOTHING_NEW);
        // then
        assertThat(told).containsExactly(new Transition(false, Reason.Building, "the image is being built"));
    }

    @ParameterizedTest
    @CsvSource({"True, false", "False, true", "Unknown, false"})
    void onlyWhatIsFalseIsAWarning(Status status, boolean warning) {
        // given
        var after = status(new Finding(ConditionType.ImageBuilt, status, Reason.Built, "m"));
        // when
        var told = Transitions.between(null, after, NOTHING_NEW);
        // then
        assertThat(told).extracting(Transition::warning).containsExactly(warning);
    }

    @Test
    void aNewImageThatRollsOutIsTold() {
        // given
        var plan = new RolloutPlan.Roll(TARGET, Change.Rebuild);
        // when
        var told = Transitions.between(status(BUILT), status(BUILT), plan);
        // then
        assertThat(told).containsExactly(new Transition(false, Reason.RolledToImage, "rolling to " + TARGET.image()));
    }

    @Test
    void aRestartForTuningIsTold() {
        // given
        var plan = new RolloutPlan.Roll(TARGET, Change.Restart);
        // when
        var told = Transitions.between(status(BUILT), status(BUILT), plan);
        // then
        assertThat(told)
                .containsExactly(
                        new Transition(false, Reason.RestartedForTuning, "restarting with " + TARGET.mallocConf()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"None", "Publish"})
    void aChangeThatLeavesThePodsAloneIsNotTold(Change change) {
        // given
        var plan = new RolloutPlan.Roll(TARGET, change);
        // when
        var told = Transitions.between(status(BUILT), status(BUILT), plan);
        // then
        assertThat(told).isEmpty();
    }

    @Test
    void keepingWhatRunsIsNotTold() {
        // given
        var plan = new RolloutPlan.Keep(TARGET, Optional.empty());
        // when
        var told = Transitions.between(status(FAILED), status(FAILED), plan);
        // then
        assertThat(told).isEmpty();
    }

    @Test
    void theRolloutIsToldBeforeTheConditions() {
        // given
        var plan = new RolloutPlan.Roll(TARGET, Change.Rebuild);
        // when
        var told = Transitions.between(null, status(BUILT), plan);
        // then
        assertThat(told).extracting(Transition::reason).containsExactly(Reason.RolledToImage, Reason.Built);
    }

    @Test
    void aStatusWithoutConditionsTellsNothing() {
        // given
        var after = status((List<Finding>) null);
        // when
        var told = Transitions.between(null, after, NOTHING_NEW);
        // then
        assertThat(told).isEmpty();
    }

    private static BrrServiceStatus status(Finding... findings) {
        return status(List.of(findings));
    }

    private static BrrServiceStatus status(@Nullable List<Finding> findings) {
        var conditions = new Conditions(new SetClock("2026-01-01T00:00:00Z"));
        return new BrrServiceStatus(
                3L, findings == null ? null : conditions.merge(null, findings, 3L), null, null, null, null, 2, 2, null);
    }
}

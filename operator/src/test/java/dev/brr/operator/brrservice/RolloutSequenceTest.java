package dev.brr.operator.brrservice;

import static dev.brr.operator.brrservice.RolloutPlanTest.BAD;
import static dev.brr.operator.brrservice.RolloutPlanTest.BADLY_TUNED;
import static dev.brr.operator.brrservice.RolloutPlanTest.GOOD;
import static dev.brr.operator.brrservice.RolloutPlanTest.GOOD_AGAIN;
import static dev.brr.operator.brrservice.RolloutPlanTest.MENDED;
import static dev.brr.operator.brrservice.RolloutPlanTest.REMEMBERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.LastGood;
import dev.brr.operator.brrservice.RolloutPlan.Keep;
import dev.brr.operator.brrservice.RolloutPlan.Nothing;
import dev.brr.operator.brrservice.RolloutPlan.Observed;
import dev.brr.operator.brrservice.RolloutPlan.Roll;
import dev.brr.operator.brrservice.RolloutPlan.RollBack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Plans one after the other, each applied to what the one before left, and what holds for every plan. */
class RolloutSequenceTest {

    @Test
    void aFailedRolloutIsRolledBackOnceAndDoesNotComeBackByItself() {
        // given
        var cluster = new Cluster(REMEMBERED);
        cluster.apply(Optional.of(GOOD));
        cluster.apply(Optional.of(BAD));
        cluster.deadlinePasses();
        // when
        for (int i = 0; i < 5; i++) {
            cluster.apply(Optional.of(BAD));
        }
        // then
        assertThat(cluster.images()).containsExactly(GOOD.image(), BAD.image(), GOOD.image());
    }

    @Test
    void aFailedRolloutDoesNotComeBackWhenTheOperatorRestartsAndHasToAskForTheImageAgain() {
        // given
        var cluster = Cluster.rolledBack();
        // when
        cluster.apply(Optional.empty());
        cluster.apply(Optional.of(BAD));
        // then
        assertThat(cluster.images()).containsExactly(GOOD.image(), BAD.image(), GOOD.image());
    }

    @Test
    void aMendedSpecRollsOutAfterARollback() {
        // given
        var cluster = Cluster.rolledBack();
        // when
        cluster.apply(Optional.empty());
        cluster.apply(Optional.of(MENDED));
        // then
        assertThat(cluster.images()).containsExactly(GOOD.image(), BAD.image(), GOOD.image(), MENDED.image());
    }

    @Test
    void aSpecThatFailedIsTriedAgainWhenItIsWantedAnewAfterAnother() {
        // given
        var cluster = new Cluster(REMEMBERED);
        cluster.apply(Optional.of(BAD));
        cluster.deadlinePasses();
        cluster.apply(Optional.of(BAD));
        cluster.apply(Optional.of(MENDED));
        // when
        cluster.apply(Optional.of(BAD));
        // then
        assertThat(cluster.images()).containsExactly(BAD.image(), GOOD.image(), MENDED.image(), BAD.image());
    }

    @Test
    void aRaisedLimitIsTriedAfterARollback() {
        // given
        var cluster = Cluster.rolledBack();
        var raised = new Target(BAD.image(), BAD.mallocConf(), BAD.buildInputs(), List.of(), "a higher limit");
        // when
        cluster.apply(Optional.of(raised));
        // then
        assertThat(cluster.images()).containsExactly(GOOD.image(), BAD.image(), GOOD.image(), BAD.image());
    }

    @Property
    void nothingIsEverAppliedThatIsNeitherWantedNorCurrentNorLastGood(@ForAll @From("situations") Situation situation) {
        // given
        var allowed = new ArrayList<String>(List.of(GOOD_AGAIN.hash()));
        situation.wanted().map(Target::hash).ifPresent(allowed::add);
        situation.observed().current().map(Target::hash).ifPresent(allowed::add);
        // when
        var target = situation.decide().target();
        // then
        assertThat(target.map(Target::hash).orElse(GOOD_AGAIN.hash())).isIn(allowed);
    }

    @Property
    void whatRunsNeverGoesAwayWithoutAReplacement(@ForAll @From("situations") Situation situation) {
        // given
        var runs = situation.observed().current().or(situation::good).isPresent();
        // when
        var target = situation.decide().target();
        // then
        assertThat(target.isPresent()).isEqualTo(runs || situation.wanted().isPresent());
    }

    @Property
    void nothingIsRolledBackWhereRollbackIsOff(@ForAll @From("situations") Situation situation) {
        // given
        var off = new Situation(situation.wanted(), situation.observed(), situation.lastGood(), false);
        // when
        var plan = off.decide();
        // then
        assertThat(plan).isNotInstanceOf(RollBack.class);
    }

    @Property
    void aPlanThatWasAppliedIsFollowedByOneThatChangesNothing(@ForAll @From("situations") Situation situation) {
        // given
        var plan = situation.decide();
        var applied = new Situation(situation.wanted(), observed(plan), situation.lastGood(), situation.rollback());
        // when
        var next = applied.decide();
        // then
        assertThat(next.target()).isEqualTo(plan.target());
        assertThat(failedTarget(next)).isEqualTo(failedTarget(plan));
    }

    record Situation(Optional<Target> wanted, Observed observed, Optional<LastGood> lastGood, boolean rollback) {
        Optional<Target> good() {
            return lastGood.map(remembered -> GOOD_AGAIN);
        }

        RolloutPlan decide() {
            return RolloutPlan.decide(wanted, observed, lastGood.orElse(null), rollback);
        }
    }

    @Provide
    Arbitrary<Situation> situations() {
        var targets = Arbitraries.of(GOOD, BAD, BADLY_TUNED, MENDED, GOOD_AGAIN);
        var observed = Combinators.combine(
                        targets.optional(), targets.map(Target::hash).optional(), Arbitraries.of(true, false))
                .as((current, failed, exceeded) -> current.map(runs -> RolloutPlanTest.observed(runs, failed, exceeded))
                        .orElse(Observed.NOTHING));
        return Combinators.combine(
                        targets.optional(),
                        observed,
                        Arbitraries.of(REMEMBERED).optional(),
                        Arbitraries.of(true, false))
                .as(Situation::new);
    }

    /** Is the Deployment, as far as plans look at it and change it. */
    private static final class Cluster {

        private final LastGood lastGood;
        private final List<String> images = new ArrayList<>();
        private Observed observed = Observed.NOTHING;

        Cluster(LastGood lastGood) {
            this.lastGood = lastGood;
        }

        /** Returns one on which what was good ran, something bad was tried, and what was good runs again. */
        static Cluster rolledBack() {
            var cluster = new Cluster(REMEMBERED);
            cluster.apply(Optional.of(GOOD));
            cluster.apply(Optional.of(BAD));
            cluster.deadlinePasses();
            cluster.apply(Optional.of(BAD));
            return cluster;
        }

        void apply(Optional<Target> wanted) {
            var plan = RolloutPlan.decide(wanted, observed, lastGood, true);
            var image = plan.target().map(Target::image).orElseThrow();
            if (images.isEmpty() || !images.getLast().equals(image)) {
                images.add(image);
            }
            observed = observed(plan);
        }

        void deadlinePasses() {
            observed = RolloutPlanTest.observed(observed.current().orElseThrow(), observed.failedTarget(), true);
        }

        /** Returns what ran, one after the other. */
        List<String> images() {
            return images;
        }
    }

    /** Returns what a plan leaves behind once it is applied. */
    private static Observed observed(RolloutPlan plan) {
        return plan.target()
                .map(target -> RolloutPlanTest.observed(target, failedTarget(plan), false))
                .orElse(Observed.NOTHING);
    }

    private static Optional<String> failedTarget(RolloutPlan plan) {
        return switch (plan) {
            case RollBack(var _, var failed) -> Optional.of(failed);
            case Keep(var _, var failed) -> failed;
            case Nothing(), Roll(var _, var _) -> Optional.empty();
        };
    }
}

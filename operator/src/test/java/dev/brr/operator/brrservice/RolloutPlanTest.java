package dev.brr.operator.brrservice;

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
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutPlanTest {

    private static final Target GOOD = new Target("registry.example/petstore@sha256:1", "narenas:1", "inputs-1");
    private static final Target BAD = new Target("registry.example/petstore@sha256:2", "narenas:1", "inputs-2");
    private static final Target MENDED = new Target("registry.example/petstore@sha256:3", "narenas:1", "inputs-3");
    private static final Target BADLY_TUNED = new Target(GOOD.image(), "narenas:4094", "inputs-1");
    /** What a rollback applies: the status does not remember the inputs. */
    private static final Target GOOD_AGAIN = new Target(GOOD.image(), GOOD.mallocConf(), "");

    private static final LastGood REMEMBERED = new LastGood(GOOD.image(), "sha256:1", GOOD.mallocConf());
    private static final @Nullable LastGood NEVER_GOOD = null;

    @ParameterizedTest(name = "{0}")
    @MethodSource("truths")
    void decides(
            String situation,
            Optional<Target> wanted,
            Observed observed,
            @Nullable LastGood lastGood,
            boolean rollback,
            RolloutPlan expected) {
        // given
        // when
        var plan = RolloutPlan.decide(wanted, observed, lastGood, rollback);
        // then
        assertThat(plan).isEqualTo(expected);
    }

    static Stream<Arguments> truths() {
        return Stream.of(firstRollouts(), keeps(), rolls(), failures(), afterARollback())
                .flatMap(situations -> situations);
    }

    private static Stream<Arguments> firstRollouts() {
        return Stream.of(
                situation("nothing wanted, nothing there", null, Observed.NOTHING, NEVER_GOOD, true, new Nothing()),
                situation(
                        "nothing wanted, the Deployment was deleted by hand",
                        null,
                        Observed.NOTHING,
                        REMEMBERED,
                        true,
                        new Nothing()),
                situation(
                        "the first image is there",
                        GOOD,
                        Observed.NOTHING,
                        NEVER_GOOD,
                        true,
                        roll(GOOD, Change.Rebuild)),
                situation(
                        "the Deployment was deleted by hand",
                        GOOD,
                        Observed.NOTHING,
                        REMEMBERED,
                        true,
                        roll(GOOD, Change.Rebuild)));
    }

    private static Stream<Arguments> keeps() {
        return Stream.of(
                situation("building the next", null, running(GOOD), REMEMBERED, true, keep(GOOD)),
                situation("building the next without rollback", null, running(GOOD), REMEMBERED, false, keep(GOOD)),
                situation("refused while a rollout goes on", null, running(BAD), REMEMBERED, true, keep(BAD)),
                situation("refused while a rollout has failed", null, failing(BAD), REMEMBERED, true, keep(BAD)),
                situation(
                        "not known again after a rollback",
                        null,
                        rolledBackFrom(BAD),
                        REMEMBERED,
                        true,
                        new Keep(GOOD_AGAIN, Optional.of(BAD.hash()))));
    }

    private static Stream<Arguments> rolls() {
        return Stream.of(
                situation("runs as wanted", GOOD, running(GOOD), REMEMBERED, true, roll(GOOD, Change.None)),
                situation(
                        "runs as wanted, from other inputs",
                        GOOD,
                        running(GOOD_AGAIN),
                        REMEMBERED,
                        true,
                        roll(GOOD, Change.None)),
                situation("another image", BAD, running(GOOD), REMEMBERED, true, roll(BAD, Change.Rebuild)),
                situation(
                        "another tuning",
                        BADLY_TUNED,
                        running(GOOD),
                        REMEMBERED,
                        true,
                        roll(BADLY_TUNED, Change.Restart)),
                situation(
                        "another image before the first was good",
                        BAD,
                        running(GOOD),
                        NEVER_GOOD,
                        true,
                        roll(BAD, Change.Rebuild)),
                situation("the rollout goes on", BAD, running(BAD), REMEMBERED, true, roll(BAD, Change.None)));
    }

    private static Stream<Arguments> failures() {
        return Stream.of(
                situation("a new image fails", BAD, failing(BAD), REMEMBERED, true, back(GOOD_AGAIN, BAD)),
                situation(
                        "a new tuning fails",
                        BADLY_TUNED,
                        failing(BADLY_TUNED),
                        REMEMBERED,
                        true,
                        back(GOOD_AGAIN, BADLY_TUNED)),
                situation("fails, rollback is off", BAD, failing(BAD), REMEMBERED, false, roll(BAD, Change.None)),
                situation(
                        "fails, nothing was good before", BAD, failing(BAD), NEVER_GOOD, true, roll(BAD, Change.None)),
                situation(
                        "fails, what was good is not known whole",
                        BAD,
                        failing(BAD),
                        new LastGood(GOOD.image(), "sha256:1", null),
                        true,
                        roll(BAD, Change.None)),
                situation(
                        "fails, what was good has no image",
                        BAD,
                        failing(BAD),
                        new LastGood(null, null, GOOD.mallocConf()),
                        true,
                        roll(BAD, Change.None)),
                situation(
                        "what was good fails, as when a node is gone",
                        GOOD,
                        failing(GOOD),
                        REMEMBERED,
                        true,
                        roll(GOOD, Change.None)),
                situation(
                        "something else than what is wanted fails",
                        MENDED,
                        failing(BAD),
                        REMEMBERED,
                        true,
                        roll(MENDED, Change.Rebuild)));
    }

    private static Stream<Arguments> afterARollback() {
        return Stream.of(
                situation(
                        "the same is still wanted", BAD, rolledBackFrom(BAD), REMEMBERED, true, back(GOOD_AGAIN, BAD)),
                situation(
                        "the same is wanted from other inputs",
                        new Target(BAD.image(), BAD.mallocConf(), "inputs-9"),
                        rolledBackFrom(BAD),
                        REMEMBERED,
                        true,
                        back(GOOD_AGAIN, BAD)),
                situation(
                        "the good one fails too",
                        BAD,
                        new Observed(Optional.of(GOOD_AGAIN), Optional.of(BAD.hash()), true),
                        REMEMBERED,
                        true,
                        back(GOOD_AGAIN, BAD)),
                situation(
                        "something else is wanted",
                        MENDED,
                        rolledBackFrom(BAD),
                        REMEMBERED,
                        true,
                        roll(MENDED, Change.Rebuild)),
                situation(
                        "the good one is wanted again",
                        GOOD,
                        rolledBackFrom(BAD),
                        REMEMBERED,
                        true,
                        roll(GOOD, Change.None)),
                situation(
                        "another tuning of the bad image is wanted",
                        new Target(BAD.image(), "narenas:2", "inputs-2"),
                        rolledBackFrom(BAD),
                        REMEMBERED,
                        true,
                        roll(new Target(BAD.image(), "narenas:2", "inputs-2"), Change.Rebuild)),
                situation(
                        "rollback is switched off: the wanted one is tried again",
                        BAD,
                        rolledBackFrom(BAD),
                        REMEMBERED,
                        false,
                        roll(BAD, Change.Rebuild)),
                situation(
                        "the Deployment was deleted by hand, and its memory with it",
                        BAD,
                        Observed.NOTHING,
                        REMEMBERED,
                        true,
                        roll(BAD, Change.Rebuild)));
    }

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
        var cluster = new Cluster(REMEMBERED);
        cluster.apply(Optional.of(GOOD));
        cluster.apply(Optional.of(BAD));
        cluster.deadlinePasses();
        cluster.apply(Optional.of(BAD));
        // when
        cluster.apply(Optional.empty());
        cluster.apply(Optional.of(BAD));
        // then
        assertThat(cluster.images()).containsExactly(GOOD.image(), BAD.image(), GOOD.image());
    }

    @Test
    void aMendedSpecRollsOutAfterARollback() {
        // given
        var cluster = new Cluster(REMEMBERED);
        cluster.apply(Optional.of(GOOD));
        cluster.apply(Optional.of(BAD));
        cluster.deadlinePasses();
        cluster.apply(Optional.of(BAD));
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
        var runs = situation.observed().current().isPresent();
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
        var applied = new Situation(
                situation.wanted(),
                new Observed(plan.target(), failedTarget(plan), false),
                situation.lastGood(),
                situation.rollback());
        // when
        var next = applied.decide();
        // then
        assertThat(next.target()).isEqualTo(plan.target());
        assertThat(failedTarget(next)).isEqualTo(failedTarget(plan));
    }

    record Situation(Optional<Target> wanted, Observed observed, Optional<LastGood> lastGood, boolean rollback) {
        RolloutPlan decide() {
            return RolloutPlan.decide(wanted, observed, lastGood.orElse(null), rollback);
        }
    }

    @Provide
    Arbitrary<Situation> situations() {
        var targets = Arbitraries.of(GOOD, BAD, BADLY_TUNED, MENDED, GOOD_AGAIN);
        var observed = Combinators.combine(
                        targets.optional(), targets.map(Target::hash).optional(), Arbitraries.of(true, false))
                .as((current, failed, exceeded) ->
                        current.isEmpty() ? Observed.NOTHING : new Observed(current, failed, exceeded));
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

        void apply(Optional<Target> wanted) {
            var plan = RolloutPlan.decide(wanted, observed, lastGood, true);
            var image = plan.target().map(Target::image).orElseThrow();
            if (images.isEmpty() || !images.getLast().equals(image)) {
                images.add(image);
            }
            observed = new Observed(plan.target(), failedTarget(plan), false);
        }

        void deadlinePasses() {
            observed = new Observed(observed.current(), observed.failedTarget(), true);
        }

        /** Returns what ran, one after the other. */
        List<String> images() {
            return images;
        }
    }

    private static Optional<String> failedTarget(RolloutPlan plan) {
        return switch (plan) {
            case RollBack(var _, var failed) -> Optional.of(failed);
            case Keep(var _, var failed) -> failed;
            case Nothing(), Roll(var _, var _) -> Optional.empty();
        };
    }

    private static Arguments situation(
            String name,
            @Nullable Target wanted,
            Observed observed,
            @Nullable LastGood lastGood,
            boolean rollback,
            RolloutPlan expected) {
        return Arguments.of(name, Optional.ofNullable(wanted), observed, lastGood, rollback, expected);
    }

    private static Observed running(Target current) {
        return new Observed(Optional.of(current), Optional.empty(), false);
    }

    private static Observed failing(Target current) {
        return new Observed(Optional.of(current), Optional.empty(), true);
    }

    private static Observed rolledBackFrom(Target failed) {
        return new Observed(Optional.of(GOOD_AGAIN), Optional.of(failed.hash()), false);
    }

    private static RolloutPlan keep(Target current) {
        return new Keep(current, Optional.empty());
    }

    private static RolloutPlan roll(Target wanted, Change change) {
        return new Roll(wanted, change);
    }

    private static RolloutPlan back(Target lastGood, Target failed) {
        return new RollBack(lastGood, failed.hash());
    }
}

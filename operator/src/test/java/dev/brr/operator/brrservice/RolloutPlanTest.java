package dev.brr.operator.brrservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.KeyRef;
import dev.brr.api.v1alpha1.LastGood;
import dev.brr.api.v1alpha1.SecurityScheme;
import dev.brr.api.v1alpha1.SecuritySpec;
import dev.brr.operator.brrservice.RolloutPlan.Keep;
import dev.brr.operator.brrservice.RolloutPlan.Nothing;
import dev.brr.operator.brrservice.RolloutPlan.Observed;
import dev.brr.operator.brrservice.RolloutPlan.Roll;
import dev.brr.operator.brrservice.RolloutPlan.RollBack;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The truth table of plans; what follows one another is in {@code RolloutSequenceTest}. */
class RolloutPlanTest {

    static final Target GOOD = new Target("registry.example/petstore@sha256:1", "narenas:1", "inputs-1");
    static final Target BAD = new Target("registry.example/petstore@sha256:2", "narenas:1", "inputs-2");
    static final Target MENDED = new Target("registry.example/petstore@sha256:3", "narenas:1", "inputs-3");
    static final Target BADLY_TUNED = new Target(GOOD.image(), "narenas:4094", "inputs-1");
    /** What a rollback applies: the status does not remember the inputs. */
    static final Target GOOD_AGAIN = new Target(GOOD.image(), GOOD.mallocConf(), "");

    static final SecuritySpec NO_SECURITY = new SecuritySpec(null);
    static final LastGood REMEMBERED = new LastGood(GOOD.image(), "sha256:1", GOOD.mallocConf(), NO_SECURITY);
    static final @Nullable LastGood NEVER_GOOD = null;

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
        return Stream.of(
                        firstRollouts(),
                        keeps(),
                        rolls(),
                        failures(),
                        failuresWithoutARollback(),
                        afterARollback(),
                        afterAnotherWish(),
                        securitySchemes(),
                        otherSettings())
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
                        keep(GOOD_AGAIN)),
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
                situation(
                        "something else than what is wanted fails",
                        MENDED,
                        failing(BAD),
                        REMEMBERED,
                        true,
                        roll(MENDED, Change.Rebuild)));
    }

    private static Stream<Arguments> failuresWithoutARollback() {
        return Stream.of(
                situation("fails, rollback is off", BAD, failing(BAD), REMEMBERED, false, roll(BAD, Change.None)),
                situation(
                        "fails, nothing was good before", BAD, failing(BAD), NEVER_GOOD, true, roll(BAD, Change.None)),
                situation(
                        "fails, what was good is not known whole",
                        BAD,
                        failing(BAD),
                        new LastGood(GOOD.image(), "sha256:1", null, NO_SECURITY),
                        true,
                        roll(BAD, Change.None)),
                situation(
                        "fails, what was good has no image",
                        BAD,
                        failing(BAD),
                        new LastGood(null, null, GOOD.mallocConf(), NO_SECURITY),
                        true,
                        roll(BAD, Change.None)),
                situation(
                        "what was good fails, as when a node is gone",
                        GOOD,
                        failing(GOOD),
                        REMEMBERED,
                        true,
                        roll(GOOD, Change.None)));
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
                        observed(GOOD_AGAIN, Optional.of(BAD.hash()), true),
                        REMEMBERED,
                        true,
                        back(GOOD_AGAIN, BAD)));
    }

    private static Stream<Arguments> afterAnotherWish() {
        return Stream.of(
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

    private static Stream<Arguments> securitySchemes() {
        var oldKey = new SecuritySpec(List.of(new SecurityScheme("Old", new KeyRef("keys", "old"), null)));
        var newKey = new SecuritySpec(List.of(new SecurityScheme("New", new KeyRef("keys", "new"), null)));
        var goodWithOld = GOOD.with(ServiceEnvironment.schemes(oldKey));
        var badWithNew = BAD.with(ServiceEnvironment.schemes(newKey));
        var remembered = new LastGood(GOOD.image(), "sha256:1", GOOD.mallocConf(), oldKey);
        var unremembered = new LastGood(GOOD.image(), "sha256:1", GOOD.mallocConf(), null);
        return Stream.of(
                situation(
                        "a kept image keeps the schemes of its document",
                        null,
                        running(goodWithOld),
                        remembered,
                        true,
                        keep(goodWithOld)),
                situation(
                        "a good image comes back with the schemes of its document",
                        badWithNew,
                        failing(badWithNew),
                        remembered,
                        true,
                        back(GOOD_AGAIN.with(ServiceEnvironment.schemes(oldKey)), badWithNew)),
                situation(
                        "a good image of which no schemes are remembered",
                        badWithNew,
                        failing(badWithNew),
                        unremembered,
                        true,
                        back(GOOD_AGAIN.with(badWithNew.schemes()), badWithNew)),
                situation(
                        "new schemes of the good image fail, and wait where they are",
                        GOOD.with(badWithNew.schemes()),
                        failing(GOOD.with(badWithNew.schemes())),
                        remembered,
                        true,
                        roll(GOOD.with(badWithNew.schemes()), Change.None)),
                situation(
                        "the schemes of a bad image are mended after the rollback",
                        BAD.with(goodWithOld.schemes()),
                        rolledBackFrom(badWithNew),
                        remembered,
                        true,
                        roll(BAD.with(goodWithOld.schemes()), Change.Rebuild)),
                situation(
                        "the schemes are mended just when the deadline passes",
                        BAD.with(goodWithOld.schemes()),
                        failing(badWithNew),
                        remembered,
                        true,
                        roll(BAD.with(goodWithOld.schemes()), Change.None)));
    }

    private static Stream<Arguments> otherSettings() {
        var raised = new Target(BAD.image(), BAD.mallocConf(), BAD.buildInputs(), List.of(), "a higher limit");
        return Stream.of(
                situation(
                        "the limit is raised after the rollback",
                        raised,
                        rolledBackFrom(BAD),
                        REMEMBERED,
                        true,
                        roll(raised, Change.Rebuild)),
                situation(
                        "the limit is raised just when the deadline passes",
                        raised,
                        failing(BAD),
                        REMEMBERED,
                        true,
                        roll(raised, Change.None)),
                situation(
                        "the raised limit does not help either",
                        raised,
                        failing(raised),
                        REMEMBERED,
                        true,
                        back(GOOD_AGAIN, raised)),
                situation(
                        "it is not told which target the deadline was for",
                        BAD,
                        new Observed(Optional.of(BAD), Optional.empty(), Optional.empty(), true),
                        REMEMBERED,
                        true,
                        roll(BAD, Change.None)));
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

    static Observed observed(Target current, Optional<String> failedTarget, boolean deadlineExceeded) {
        return new Observed(Optional.of(current), Optional.of(current.hash()), failedTarget, deadlineExceeded);
    }

    private static Observed running(Target current) {
        return observed(current, Optional.empty(), false);
    }

    private static Observed failing(Target current) {
        return observed(current, Optional.empty(), true);
    }

    private static Observed rolledBackFrom(Target failed) {
        return observed(GOOD_AGAIN, Optional.of(failed.hash()), false);
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

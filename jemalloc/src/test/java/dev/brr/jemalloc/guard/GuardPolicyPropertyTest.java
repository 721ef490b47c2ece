package dev.brr.jemalloc.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.process.MemoryReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GuardPolicyPropertyTest {

    private static final GuardSettings SETTINGS = GuardSettings.DEFAULTS;
    private static final GuardPolicy POLICY = new GuardPolicy(SETTINGS);

    /** One look at a limit of 1000: how long after the one before, what is used, what of it is unused pages. */
    record Look(long afterMillis, long used, long unused) {}

    /** What was seen and decided. */
    record Step(GuardSample sample, GuardState before, GuardPolicy.Decision decision) {}

    @Provide
    Arbitrary<List<Look>> looks() {
        Arbitrary<Look> look = Combinators.combine(
                        Arbitraries.longs().between(1, 20_000),
                        Arbitraries.longs().between(600, 1000),
                        Arbitraries.longs().between(0, 300))
                .as(Look::new);
        return look.list().ofMinSize(1).ofMaxSize(200);
    }

    @Property
    void purgesKeepTheirDistance(@ForAll("looks") List<Look> looks) {
        // given
        List<Step> steps = run(looks);
        // when
        List<Step> purges = steps.stream()
                .filter(step -> step.decision().action() instanceof GuardAction.Purge)
                .toList();
        // then
        for (int i = 1; i < purges.size(); i++) {
            Duration apart =
                    purges.get(i).sample().at().minus(purges.get(i - 1).sample().at());
            boolean critical = purges.get(i).decision().action().equals(new GuardAction.Purge(PurgeReason.CRITICAL));
            assertThat(apart)
                    .isGreaterThanOrEqualTo(
                            critical ? SETTINGS.purgeInterval().dividedBy(10) : SETTINGS.purgeInterval());
        }
    }

    @Property
    void nothingIsDoneBelowPressureButRestoring(@ForAll("looks") List<Look> looks) {
        // given
        // when
        List<Step> steps = run(looks);
        // then
        assertThat(steps)
                .filteredOn(step -> !step.sample().memory().isAtLeast(SETTINGS.pressurePercent()))
                .allSatisfy(step -> assertThat(step.decision().action())
                        .isInstanceOfAny(GuardAction.Nothing.class, GuardAction.RestoreDecay.class));
    }

    @Property
    void shorteningAndRestoringTakeTurnsAndKeepTheirTimes(@ForAll("looks") List<Look> looks) {
        // given
        boolean shortened = false;
        Duration changed = Duration.ZERO;
        for (Step step : run(looks)) {
            // when
            GuardAction action = step.decision().action();
            // then
            if (action instanceof GuardAction.ShortenDecay) {
                assertThat(shortened).isFalse();
                shortened = true;
                changed = step.sample().at();
            } else if (action instanceof GuardAction.RestoreDecay) {
                assertThat(shortened).isTrue();
                assertThat(step.sample().at().minus(changed)).isGreaterThanOrEqualTo(SETTINGS.calmFor());
                shortened = false;
                changed = step.sample().at();
            }
            assertThat(step.decision().state().shortened()).isEqualTo(shortened);
        }
    }

    @Property
    void whatIsUnderPressureWithMuchUnusedIsPurgedWithinTheInterval(@ForAll("looks") List<Look> looks) {
        // given
        // when
        List<Step> steps = run(looks);
        // then
        assertThat(steps)
                .filteredOn(step -> step.sample().memory().isAtLeast(SETTINGS.pressurePercent())
                        && step.sample().unused() >= 50
                        && (step.before().lastPurge() == null
                                || step.sample()
                                                .at()
                                                .minus(step.before().lastPurge())
                                                .compareTo(SETTINGS.purgeInterval())
                                        >= 0))
                .allSatisfy(step -> assertThat(step.decision().action())
                        .isInstanceOfAny(GuardAction.Purge.class, GuardAction.ShortenDecay.class));
    }

    @Property
    void pressureThatLastsIsAnsweredByShorterDecayWithinTwoLooks(@ForAll("looks") List<Look> looks) {
        // given
        int late = 0;
        for (Step step : run(looks)) {
            // when
            GuardState after = step.decision().state();
            Duration since = after.pressedSince();
            boolean lasts = since != null
                    && step.sample().memory().isAtLeast(SETTINGS.pressurePercent())
                    && step.sample().at().minus(since).compareTo(SETTINGS.sustained()) >= 0;
            late = lasts && !after.shortened() ? late + 1 : 0;
            // then
            assertThat(late).isLessThan(2);
        }
    }

    @Property
    void theSameSeenAgainAtOnceDoesNothingMore(@ForAll("looks") List<Look> looks) {
        // given
        Step last = run(looks).getLast();
        // when
        GuardPolicy.Decision second = POLICY.decide(last.decision().state(), last.sample());
        GuardPolicy.Decision third = POLICY.decide(second.state(), last.sample());
        // then
        assertThat(third.action()).isEqualTo(new GuardAction.Nothing());
        assertThat(third.state()).isEqualTo(second.state());
    }

    private static List<Step> run(List<Look> looks) {
        List<Step> steps = new ArrayList<>();
        GuardState state = GuardState.START;
        Duration at = Duration.ZERO;
        for (Look look : looks) {
            at = at.plusMillis(look.afterMillis());
            GuardSample sample = new GuardSample(at, new MemoryReading(1000, look.used()), look.unused());
            GuardPolicy.Decision decision = POLICY.decide(state, sample);
            steps.add(new Step(sample, state, decision));
            state = decision.state();
        }
        return steps;
    }
}

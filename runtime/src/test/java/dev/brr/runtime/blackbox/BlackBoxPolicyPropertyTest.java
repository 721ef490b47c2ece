package dev.brr.runtime.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.process.MemoryReading;
import dev.brr.runtime.config.BlackBoxSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BlackBoxPolicyPropertyTest {
    private static final long LIMIT = 1000L << 20;
    private static final BlackBoxSettings SETTINGS = BlackBoxSettings.DEFAULTS;
    private static final BlackBoxPolicy POLICY = new BlackBoxPolicy(SETTINGS);

    /** How long after the look before, and what is used then. */
    record Look(long afterSeconds, long usedMib) {}

    /** What was done when. */
    record Done(Duration at, long usedMib, BlackBoxAction action) {}

    @Provide
    Arbitrary<List<Look>> looks() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 2000),
                        Arbitraries.longs().between(0, 1000))
                .as(Look::new)
                .list()
                .ofMaxSize(300);
    }

    @Property
    void oneReasonKeepsItsDistance(@ForAll("looks") List<Look> looks) {
        // given
        Map<KeptReason, Duration> last = new HashMap<>();
        for (Done done : run(looks)) {
            if (done.action() instanceof BlackBoxAction.Keep(KeptReason reason)) {
                // when
                Duration before = last.put(reason, done.at());
                // then
                if (before != null) {
                    assertThat(done.at().minus(before)).isGreaterThanOrEqualTo(SETTINGS.interval());
                }
            }
        }
    }

    @Property
    void aShareIsToldOfOnlyWhereItIsReached(@ForAll("looks") List<Look> looks) {
        // given
        // when
        List<Done> done = run(looks);
        // then
        assertThat(done).allSatisfy(each -> {
            if (each.action().equals(new BlackBoxAction.Keep(KeptReason.limit(80)))) {
                assertThat(each.usedMib()).isGreaterThanOrEqualTo(800);
            }
            if (each.action().equals(new BlackBoxAction.Keep(KeptReason.limit(90)))) {
                assertThat(each.usedMib()).isGreaterThanOrEqualTo(900);
            }
        });
    }

    @Property
    void samplingIsOnWhenSomethingIsKeptNearTheLimit(@ForAll("looks") List<Look> looks) {
        // given
        boolean sampling = false;
        for (Done done : run(looks)) {
            // when
            switch (done.action()) {
                case BlackBoxAction.StartSampling() -> {
                    assertThat(sampling).isFalse();
                    sampling = true;
                }
                case BlackBoxAction.StopSampling() -> {
                    assertThat(sampling).isTrue();
                    sampling = false;
                }
                // then
                case BlackBoxAction.Keep(KeptReason _) -> assertThat(sampling).isTrue();
            }
        }
    }

    @Property
    void theFirstTimeAShareIsReachedItIsTold(@ForAll("looks") List<Look> looks) {
        // given
        boolean reached = looks.stream().anyMatch(look -> look.usedMib() >= 900);
        // when
        List<Done> done = run(looks);
        // then
        assertThat(done.stream().anyMatch(each -> each.action().equals(new BlackBoxAction.Keep(KeptReason.limit(90)))))
                .isEqualTo(reached);
    }

    private static List<Done> run(List<Look> looks) {
        List<Done> done = new ArrayList<>();
        BlackBoxState state = BlackBoxState.START;
        Duration at = Duration.ZERO;
        for (Look look : looks) {
            at = at.plusSeconds(look.afterSeconds());
            BlackBoxPolicy.Decision decision = POLICY.decide(state, at, new MemoryReading(LIMIT, look.usedMib() << 20));
            state = decision.state();
            for (BlackBoxAction action : decision.actions()) {
                done.add(new Done(at, look.usedMib(), action));
            }
        }
        return done;
    }
}

package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.FakeRequest;
import dev.brr.runtime.contract.RequestParameters;
import dev.brr.runtime.handler.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every combination of what schemes may say, against the document's rule written down once more. */
class GuardTest {
    private final List<String> asked = new ArrayList<>();

    private enum Say {
        GRANTED,
        FORBIDDEN,
        UNDECIDED,
        DENIED
    }

    private SchemeCheck scheme(String name, Say say) {
        return _ -> {
            asked.add(name);
            return switch (say) {
                case GRANTED -> new AuthOutcome.Granted(List.of(Principal.of(name, "n")));
                case FORBIDDEN -> new AuthOutcome.Forbidden(List.of(name));
                case UNDECIDED -> new AuthOutcome.Undecided(name, Duration.ofSeconds(1));
                case DENIED -> new AuthOutcome.Denied(List.of(name));
            };
        };
    }

    private Say check(List<List<Say>> alternatives) {
        List<List<SchemeCheck>> checks = new ArrayList<>();
        for (List<Say> alternative : alternatives) {
            checks.add(alternative.stream()
                    .map(say -> scheme(checks.size() + "/" + say, say))
                    .toList());
        }
        return switch (new Guard(checks).check(FakeRequest.empty())) {
            case AuthOutcome.Granted _ -> Say.GRANTED;
            case AuthOutcome.Forbidden _ -> Say.FORBIDDEN;
            case AuthOutcome.Undecided _ -> Say.UNDECIDED;
            case AuthOutcome.Denied _ -> Say.DENIED;
        };
    }

    private static Say first(List<Say> said, Say... order) {
        for (Say say : order) {
            if (said.contains(say)) {
                return say;
            }
        }
        throw new IllegalArgumentException("nothing said");
    }

    private static Say allOf(List<Say> alternative) {
        return alternative.isEmpty()
                ? Say.GRANTED
                : first(alternative, Say.DENIED, Say.UNDECIDED, Say.FORBIDDEN, Say.GRANTED);
    }

    private static Say anyOf(List<List<Say>> alternatives) {
        return alternatives.isEmpty()
                ? Say.GRANTED
                : first(
                        alternatives.stream().map(GuardTest::allOf).toList(),
                        Say.GRANTED,
                        Say.UNDECIDED,
                        Say.FORBIDDEN,
                        Say.DENIED);
    }

    @Provide
    Arbitrary<List<List<Say>>> requirements() {
        return Arbitraries.of(Say.class).list().ofMaxSize(3).list().ofMaxSize(2);
    }

    /** 1 + 85 + 85 * 85 requirements. */
    @Property(tries = 10_000, generation = GenerationMode.EXHAUSTIVE)
    void oneAlternativeHasToHoldAndAllThatItNames(@ForAll("requirements") List<List<Say>> alternatives) {
        // then
        assertThat(check(alternatives)).isEqualTo(anyOf(alternatives));
    }

    @Test
    void noAlternativeIsAskedAfterOneThatHolds() {
        // when
        check(List.of(List.of(Say.FORBIDDEN), List.of(Say.GRANTED), List.of(Say.DENIED)));

        // then
        assertThat(asked).containsExactly("0/FORBIDDEN", "1/GRANTED");
    }

    /** A check that notes whether it is asked or glanced at. */
    private final class Noted implements SchemeCheck {
        private final String name;
        private final AuthOutcome outcome;

        Noted(String name, AuthOutcome outcome) {
            this.name = name;
            this.outcome = outcome;
        }

        @Override
        public AuthOutcome check(RequestParameters request) {
            asked.add("check " + name);
            return outcome;
        }

        @Override
        public AuthOutcome glance(RequestParameters request) {
            asked.add("glance " + name);
            return outcome;
        }
    }

    @Test
    void afterASchemeThatDeniesTheOthersAreOnlyGlancedAt() {
        // given
        Guard guard = new Guard(List.of(List.of(
                new Noted("a", AuthOutcome.Granted.ANYONE),
                new Noted("b", new AuthOutcome.Denied(List.of("B"))),
                new Noted("c", AuthOutcome.Granted.ANYONE),
                new Noted("d", new AuthOutcome.Denied(List.of("D"))))));

        // when
        AuthOutcome outcome = guard.check(FakeRequest.empty());

        // then
        assertThat(asked).containsExactly("check a", "check b", "glance c", "glance d");
        assertThat(outcome).isEqualTo(new AuthOutcome.Denied(List.of("B", "D")));
    }

    @Test
    void anOpenGuardAsksNobody() {
        // then
        assertThat(Guard.open().isOpen()).isTrue();
        assertThat(Guard.open().check(FakeRequest.empty())).isSameAs(AuthOutcome.Granted.ANYONE);
    }
}

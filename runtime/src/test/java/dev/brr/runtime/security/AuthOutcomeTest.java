package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.security.AuthOutcome.Denied;
import dev.brr.runtime.security.AuthOutcome.Forbidden;
import dev.brr.runtime.security.AuthOutcome.Granted;
import dev.brr.runtime.security.AuthOutcome.Undecided;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthOutcomeTest {
    private static AuthOutcome outcome(String word, String who) {
        return switch (word) {
            case "granted" -> new Granted(List.of(Principal.of(who, "n")));
            case "forbidden" -> new Forbidden(List.of(who));
            case "denied" -> new Denied(List.of(who));
            case "undecided" -> new Undecided(who, Duration.ofSeconds(1));
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static String word(AuthOutcome outcome) {
        return switch (outcome) {
            case Granted _ -> "granted";
            case Forbidden _ -> "forbidden";
            case Denied _ -> "denied";
            case Undecided _ -> "undecided";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "granted, granted, granted",
        "granted, forbidden, forbidden",
        "granted, undecided, undecided",
        "granted, denied, denied",
        "forbidden, granted, forbidden",
        "forbidden, forbidden, forbidden",
        "forbidden, undecided, undecided",
        "forbidden, denied, denied",
        "undecided, granted, undecided",
        "undecided, forbidden, undecided",
        "undecided, undecided, undecided",
        "undecided, denied, denied",
        "denied, granted, denied",
        "denied, forbidden, denied",
        "denied, undecided, denied",
        "denied, denied, denied",
    })
    void twoSchemesOfOneAlternative(String one, String other, String both) {
        // then
        assertThat(word(outcome(one, "a").and(outcome(other, "b")))).isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({
        "granted, granted, granted",
        "granted, forbidden, granted",
        "granted, undecided, granted",
        "granted, denied, granted",
        "forbidden, granted, granted",
        "forbidden, forbidden, forbidden",
        "forbidden, undecided, undecided",
        "forbidden, denied, forbidden",
        "undecided, granted, granted",
        "undecided, forbidden, undecided",
        "undecided, undecided, undecided",
        "undecided, denied, undecided",
        "denied, granted, granted",
        "denied, forbidden, forbidden",
        "denied, undecided, undecided",
        "denied, denied, denied",
    })
    void twoAlternatives(String one, String other, String either) {
        // then
        assertThat(word(outcome(one, "a").or(outcome(other, "b")))).isEqualTo(either);
    }

    @Test
    void allPrincipalsOfAnAlternativeAreKept() {
        // when
        AuthOutcome both = outcome("granted", "a").and(outcome("granted", "b"));

        // then
        assertThat(both).isEqualTo(new Granted(List.of(Principal.of("a", "n"), Principal.of("b", "n"))));
    }

    @ParameterizedTest
    @CsvSource({"denied", "forbidden"})
    void challengesOfAlternativesAreKeptOnceAndInOrder(String word) {
        // when
        AuthOutcome either = outcome(word, "a").or(outcome(word, "b")).or(outcome(word, "a"));

        // then
        assertThat(either)
                .isEqualTo(word.equals("denied") ? new Denied(List.of("a", "b")) : new Forbidden(List.of("a", "b")));
    }

    @Test
    void whatLacksScopesInBothSchemesSaysSoForBoth() {
        // then
        assertThat(outcome("forbidden", "a").and(outcome("forbidden", "b")))
                .isEqualTo(new Forbidden(List.of("a", "b")));
    }

    @Test
    void eachSchemeThatFailedIsNamed() {
        // then
        assertThat(outcome("denied", "a").and(outcome("granted", "b")).and(outcome("denied", "c")))
                .isEqualTo(new Denied(List.of("a", "c")));
    }
}

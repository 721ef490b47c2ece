package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.document.BoundedPattern.EndlessMatchException;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BoundedPatternTest {

    @ParameterizedTest
    @CsvSource({
        "^a+$, aaa, true",
        "^a+$, aab, false",
        "a, bab, true",
        "'^a$', 'a\n', false",
        "^\\p{Letter}+$, \u00e4, true",
        "[$]$, a$, true",
        "'', '', true",
    })
    void itMatchesAsJsonSchemaHasIt(String regex, String text, boolean matches) {
        // then
        assertThat(BoundedPattern.ofSchema(regex).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^.*.*.*.*.*.*x$",
                ".*.*.*.*.*x",
                "^(a{0,30}){0,30}$",
                "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)"
                        + "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b",
            })
    void whatHasWaysWithoutEndIsGivenUp(String regex) {
        // given
        String text = "a".repeat(500) + "!";

        // then
        assertThatThrownBy(() -> BoundedPattern.ofSchema(regex).matches(text))
                .isInstanceOfSatisfying(
                        EndlessMatchException.class,
                        e -> assertThat(e.pattern()).isEqualTo(regex.replace("$", "\\z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+$", "^(a|aa)+$", "^([a-z]+-?)*$", "^[a-z]+(-[a-z]+)*$", "(a*)*b"})
    void whatJavaRemembersIsJudged(String regex) {
        // then: where it has been before
        assertThat(BoundedPattern.ofSchema(regex).matches("a".repeat(30) + "!")).isFalse();
    }

    @Test
    void aStackThatIsTooShortIsNoFailureOfTheService() {
        // then
        assertThatThrownBy(() -> BoundedPattern.ofSchema("^(a|b)*$").matches("ab".repeat(500_000)))
                .isInstanceOf(EndlessMatchException.class);
    }

    @Test
    void aLongTextIsJudgedThatTakesFewLooksACharacter() {
        // given
        String text = "a1-".repeat(2_000_000);

        // then
        assertThat(BoundedPattern.ofSchema("^[a-z0-9-]*$").matches(text)).isTrue();
        assertThat(BoundedPattern.ofSchema("^[^!]*!$").matches(text)).isFalse();
    }

    @Test
    void whoIsInterruptedGivesUp() {
        // given
        Thread.currentThread().interrupt();
        try {
            // then
            assertThatThrownBy(() -> BoundedPattern.ofSchema("^[a-z]*$").matches("a".repeat(1_000_000)))
                    .isInstanceOf(EndlessMatchException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Property(tries = 300)
    void itJudgesAsJavaDoes(@ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 20) String text) {
        for (String regex : new String[] {"^(a|bc)*$", "a.c", "^[ab]{2,5}c?$", "(?i)^B", "^(?:a(b|c)?)+$", "(a)\\1"}) {
            // then
            assertThat(BoundedPattern.of(Pattern.compile(regex)).matches(text))
                    .isEqualTo(Pattern.compile(regex).matcher(text).find());
        }
    }
}

package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Parameter.Style;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimitedTest {

    private static String shown(List<String> items) {
        return items.isEmpty() ? "none" : String.join("/", items);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {"`` none", "a a", "a,b a/b", ", /", "a, a/", ",a /a", "a,,b a//b", "a%2Cb,c a%2Cb/c", "a|b a|b"})
    void anItemStandsOnEachSideOfADelimiter(String raw, String items) {
        // then
        assertThat(shown(Delimited.split(raw, ','))).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "SPACE_DELIMITED a%20b a/b",
                "SPACE_DELIMITED a+b%20c a/b/c",
                "SPACE_DELIMITED a%2Bb a%2Bb",
                "SPACE_DELIMITED a,b a,b",
                "PIPE_DELIMITED a|b a/b",
                "PIPE_DELIMITED a%7Cb%7cc a/b/c",
                "PIPE_DELIMITED a,b a,b",
                "FORM a,b a/b",
                "FORM a%2Cb a%2Cb",
                "FORM a|b+c a|b+c",
            })
    void eachStyleOfAQueryHasItsOwnDelimiter(Style style, String raw, String items) {
        // then
        assertThat(shown(Delimited.splitQuery(raw, style))).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a.b true a/b",
                "a,b true a,b",
                "a,b.c true a,b/c",
                "a,b false a/b",
                "a.b,c false a.b/c",
                "a.b false a/b",
                "a false a",
            })
    void aLabelIsSplitAtCommasOrElseAtDots(String rest, boolean explode, String items) {
        // then
        assertThat(shown(Delimited.splitLabel(rest, explode))).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"a%2Cb a,b", "a%2cb%2Cc a,b,c", "a,b%2Cc a,b%2Cc", "a a", "%252C %252C", "%2 %2"})
    void encodedCommasAreWrittenOutWhereNoneIsPlain(String raw, String plain) {
        // then
        assertThat(Delimited.plainCommas(raw)).isEqualTo(plain);
    }

    @Property(tries = 200)
    void whatIsJoinedIsSplitAgain(@ForAll @NotEmpty List<@AlphaChars @NotEmpty String> items) {
        // then
        assertThat(Delimited.split(String.join("|", items), '|')).isEqualTo(items);
    }
}

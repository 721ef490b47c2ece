package dev.brr.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {
    enum Mode {
        FAST,
        VERY_SAFE
    }

    @Property(tries = 300)
    void aWholeNumberIsReadWhenItIsInTheRangeAndWrittenAsItWas(
            @ForAll @LongRange(min = -20, max = 20) long number,
            @ForAll @LongRange(min = -10, max = 10) long least,
            @ForAll @LongRange(min = -10, max = 10) long most) {
        // given
        ValueType<Long> type = ValueType.whole(least, most);

        // when
        Optional<Long> read = type.reading().apply(String.valueOf(number));

        // then
        assertThat(read.isPresent()).isEqualTo(number >= least && number <= most);
        assertThat(read.map(type.writing())).isEqualTo(read.map(String::valueOf));
    }

    @Property(tries = 200)
    void secondsAreWrittenAsTheyAreRead(@ForAll @LongRange(min = 0, max = 86_400) long seconds) {
        // given
        ValueType<Duration> type = ValueType.seconds(0, 86_400);

        // when
        Optional<Duration> read = type.reading().apply(" " + seconds + " ");

        // then
        assertThat(read).contains(Duration.ofSeconds(seconds));
        assertThat(read.map(type.writing())).contains(String.valueOf(seconds));
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefusedAndNeverThrows(@ForAll String text) {
        // then
        assertThat(ValueType.whole(0, 9).reading().apply(text).orElse(0L)).isBetween(0L, 9L);
        assertThat(ValueType.TEXT.reading().apply(text))
                .isEqualTo(Optional.of(text).filter(t -> !t.isBlank()));
        assertThat(ValueType.FILE.reading().apply(text).map(Path::toString).orElse("x"))
                .isNotEmpty();
    }

    @Test
    void aPathThatTheSystemCannotHaveIsNone() {
        // then
        assertThat(ValueType.FILE.reading().apply("a\0b")).isEmpty();
    }

    @Test
    void aTextKeepsItsSpaces() {
        // then
        assertThat(ValueType.TEXT.reading().apply(" a b ")).contains(" a b ");
    }

    @ParameterizedTest
    @CsvSource({"fast,FAST", "very-safe,VERY_SAFE", "' fast ',FAST"})
    void aConstantIsNamedInLowerCaseWithHyphens(String text, Mode mode) {
        // given
        ValueType<Mode> type = ValueType.oneOf(Mode.class);

        // then
        assertThat(type.reading().apply(text)).contains(mode);
        assertThat(type.writing().apply(mode)).isEqualTo(text.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAST", "very_safe", "very safe", "", "slow"})
    void otherNamesAreNoConstant(String text) {
        // then
        assertThat(ValueType.oneOf(Mode.class).reading().apply(text)).isEmpty();
    }

    @Test
    void constantsAreListedForTheReader() {
        // given
        ValueType<Mode> type = ValueType.oneOf(Mode.class);

        // then
        assertThat(type.expectation()).isEqualTo("one of fast, very-safe");
        assertThat(type.sign()).isEqualTo("fast|very-safe");
    }

    @Test
    void aMappedTypeRefusesWhatItsOwnReadingOrTheOneBelowRefuses() {
        // given
        ValueType<Integer> even = ValueType.whole(0, 10)
                .map("an even number", number -> number % 2 == 0 ? number.intValue() : null, Integer::longValue);

        // then
        assertThat(even.reading().apply("4")).contains(4);
        assertThat(even.reading().apply("5")).isEmpty();
        assertThat(even.reading().apply("12")).isEmpty();
        assertThat(even.writing().apply(8)).isEqualTo("8");
        assertThat(even.expectation()).isEqualTo("an even number");
        assertThat(even.sign()).isEqualTo("N");
    }

    @Test
    void anotherSignChangesNothingElse() {
        // given
        ValueType<Path> shown = ValueType.FILE.shownAs("SCHEME=FILE");

        // then
        assertThat(shown.sign()).isEqualTo("SCHEME=FILE");
        assertThat(shown.expectation()).isEqualTo(ValueType.FILE.expectation());
        assertThat(shown.reading().apply("a/b")).contains(Path.of("a/b"));
    }
}

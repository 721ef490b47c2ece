package dev.brr.jemalloc.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.conf.MallocConfProblem.Reason;
import dev.brr.jemalloc.conf.OptionType.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTypeTest {

    private static final OptionType DECAY = new OptionType.Whole(-1, 18_446_744_072_000L, Optional.empty());
    private static final OptionType ARENAS = new OptionType.Whole(1, 4094, Optional.of("default"));

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aBooleanIsOneOfTwoWords(String value) {
        assertThat(new OptionType.Bool().fault(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "tru", "True", "TRUE", "yes", "no", "on", "off", "1", "0", " true", "true ", "truefalse"})
    void nothingElseIsABoolean(String value) {
        assertThat(new OptionType.Bool().fault(value))
                .contains(new Fault(Reason.INVALID_VALUE, "\"" + value + "\" is not a boolean; write true or false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1", "5000", "18446744072000"})
    void aWholeNumberLiesBetweenItsBoundsInclusively(String value) {
        assertThat(DECAY.fault(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-2", "18446744072001", "9223372036854775808", "99999999999999999999999", "-9223372036854775809"
            })
    void aWholeNumberOutsideIsOutOfRange(String value) {
        assertThat(DECAY.fault(value))
                .contains(new Fault(
                        Reason.OUT_OF_RANGE, value + " is out of range; jemalloc takes -1 to 18446744072000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            5s       | "5s" is not a whole number
            five     | "five" is not a whole number
            1e3      | "1e3" is not a whole number
            1.5      | "1.5" is not a whole number
            1_000    | "1_000" is not a whole number
            +5       | "+5" is not a whole number
            --5      | "--5" is not a whole number
            -        | "-" is not a whole number
            ` 5`     | " 5" is not a whole number; remove the blank
            `5 `     | "5 " is not a whole number; remove the blank
            ` `      | " " is not a whole number
            ``       | "" is not a whole number
            8k       | "8k" is not a whole number; jemalloc knows no units, write 8192
            8K       | "8K" is not a whole number; jemalloc knows no units, write 8192
            8kB      | "8kB" is not a whole number; jemalloc knows no units, write 8192
            8Ki      | "8Ki" is not a whole number
            8KiB     | "8KiB" is not a whole number; jemalloc knows no units, write 8192
            8M       | "8M" is not a whole number; jemalloc knows no units, write 8388608
            1g       | "1g" is not a whole number; jemalloc knows no units, write 1073741824
            1T       | "1T" is not a whole number
            010      | "010" is not a whole number; jemalloc would read 8, write that
            0x10     | "0x10" is not a whole number; jemalloc would read 16, write that
            0X1F     | "0X1F" is not a whole number; jemalloc would read 31, write that
            -010     | "-010" is not a whole number; jemalloc would read -8, write that
            -0x1     | "-0x1" is not a whole number; jemalloc would read -1, write that
            00       | "00" is not a whole number; jemalloc would read 0, write that
            0x       | "0x" is not a whole number
            089      | "089" is not a whole number
            0xffffffffffffffffff | "0xffffffffffffffffff" is not a whole number
            """)
    void whatIsNoDecimalNumberIsExplained(String value, String message) {
        assertThat(DECAY.fault(value)).contains(new Fault(Reason.INVALID_VALUE, message));
    }

    @Test
    void aWordMayStandForANumber() {
        assertThat(ARENAS.fault("default")).isEmpty();
        assertThat(DECAY.fault("default")).isPresent();
    }

    @Test
    void theWordIsPartOfTheRangeInTheMessage() {
        assertThat(ARENAS.fault("0"))
                .contains(new Fault(Reason.OUT_OF_RANGE, "0 is out of range; jemalloc takes 1 to 4094 or default"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "always", "never"})
    void aWordIsTakenAsWritten(String value) {
        assertThat(new OptionType.Words(List.of("default", "always", "never")).fault(value))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "alway", "alwayss", "Always", "not supported", "default,always", " never"})
    void anAbbreviatedOrOtherWordIsNot(String value) {
        assertThat(new OptionType.Words(List.of("default", "always", "never")).fault(value))
                .contains(new Fault(Reason.INVALID_VALUE, "\"" + value + "\" is not one of default, always, never"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "4", "65535", "0.25", ".5", "0.99999999999999", "12.5"})
    void aRatioIsAFixedPointNumber(String value) {
        assertThat(new OptionType.Ratio(65535).fault(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "1.", "-1", "-0.5", "1e-1", "0.123456789012345", "00.5", "123456", "1/2", "0,5", "x"})
    void anythingElseIsNoRatio(String value) {
        assertThat(new OptionType.Ratio(65535).fault(value)).map(Fault::reason).contains(Reason.INVALID_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.1", "1, 2", "65535, 65536", "65535, 99999"})
    void aRatioAboveItsMaximumIsOutOfRange(int max, String value) {
        assertThat(new OptionType.Ratio(max).fault(value))
                .contains(new Fault(Reason.OUT_OF_RANGE, value + " is out of range; it goes from 0 to " + max));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "J", "gmdablxeh", "hexl", "Jmdablxe"})
    void lettersMayComeInAnyOrder(String value) {
        assertThat(new OptionType.Letters("Jgmdablxeh").fault(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Q, 'Q'", "Jj, 'j'", "JJ, 'J'", "gmgQ, \"'g', 'Q'\"", "a b, ' '"})
    void aStrangeOrRepeatedLetterIsNamed(String value, String strange) {
        // given
        String named = strange.replace("\"", "");

        // when
        Optional<Fault> fault = new OptionType.Letters("Jgmdablxeh").fault(value);

        // then
        assertThat(fault).map(Fault::reason).contains(Reason.INVALID_VALUE);
        assertThat(fault.orElseThrow().message())
                .startsWith(named.startsWith("'") ? named : "'" + named + "'")
                .contains("not expected in \"" + value + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1-160:16", "1-160:16|161-512:8", "8-8:1", "1-14336:64", "9-15:2", "1-8:1|9-16:2", "default"})
    void shardsAreTakenWithTheWordThatStandsForThem(String value) {
        assertThat(new OptionType.SizeGroups(SizeClasses.SHARDS, Optional.of("default")).fault(value))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8-8:1",
                "16-16:2",
                "4096-4096:1",
                "4096-4096:512",
                "14336-14336:4",
                "14336-14336:1792",
                "1-160:1",
                "4096-8192:8|14336-14336:16"
            })
    void pagesOfASlabAreTakenWhereObjectsFitIn(String value) {
        assertThat(new OptionType.SizeGroups(SizeClasses.SLAB_PAGES, Optional.empty()).fault(value))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "8-8:2;                 for objects of 8 bytes the count goes from 1 to 1",
                "1-160:16;              for objects of 8 bytes the count goes from 1 to 1",
                "16-4096:3;             for objects of 16 bytes the count goes from 1 to 2",
                "4096-4096:513;         for objects of 4096 bytes the count goes from 1 to 512",
                "14336-14336:3;         for objects of 14336 bytes the count goes from 4 to 1792",
                "8192-14336:1;          for objects of 8192 bytes the count goes from 2 to 1024",
                "9-15:1;                there is no size class from 9 to 15 bytes, the next is 16",
                "1-1:1;                 there is no size class from 1 to 1 bytes, the next is 8",
                "16-32:1|32-48:1;       a group before it is for objects of 32 bytes, too, and jemalloc would take the last",
                "1-14337:1;             sizes ascend up to 14336 bytes",
            })
    void pagesOfASlabThatJemallocWouldNotMakeAreOutOfRange(String value, String message) {
        // given
        OptionType pages = new OptionType.SizeGroups(SizeClasses.SLAB_PAGES, Optional.empty());

        // when
        Optional<Fault> fault = pages.fault(value);

        // then
        assertThat(fault).map(Fault::reason).contains(Reason.OUT_OF_RANGE);
        assertThat(fault.orElseThrow().message()).endsWith(" is out of range; " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-160",
                "1:160:16",
                "1-160:16|",
                "|1-160:16",
                "1-160:16||1-2:3",
                "01-2:3",
                "0-8:1",
                "1-2:0",
                "-1-2:3",
                "1-2:-3",
                "1 - 2:3",
                "1-160:16,161-512:8",
                "1-9999999999:1"
            })
    void malformedSizeGroupsAreInvalid(String value) {
        assertThat(new OptionType.SizeGroups(SizeClasses.SHARDS, Optional.empty()).fault(value))
                .map(Fault::reason)
                .contains(Reason.INVALID_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "160-1:16",
                "1-160:65",
                "1-14337:16",
                "1-160:16|161-99999:8",
                "1-160:16|100-200:8",
                "9-15:1|10-12:2"
            })
    void sizeGroupsThatJemallocWouldPassOverAreOutOfRange(String value) {
        assertThat(new OptionType.SizeGroups(SizeClasses.SHARDS, Optional.empty()).fault(value))
                .map(Fault::reason)
                .contains(Reason.OUT_OF_RANGE);
    }

    @Test
    void theWordOfSizeGroupsIsNoWordWhereTheOptionHasNone() {
        assertThat(new OptionType.SizeGroups(SizeClasses.SHARDS, Optional.empty()).fault("default"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jeprof", "/profiles/heap", "a b", "with:colon", "~!@#$%^&*()_+-="})
    void aTextIsPrintable(String value) {
        assertThat(new OptionType.Text(16).fault(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", ",", "a\nb", "tab\there", "nul\0", "Zürich", "\u007f"})
    void aCommaOrAControlCharacterWouldEndTheOption(String value) {
        assertThat(new OptionType.Text(16).fault(value))
                .contains(new Fault(Reason.INVALID_VALUE, "only printable ASCII without a comma can stand here"));
    }

    @Test
    void aTextThatJemallocWouldCutIsOutOfRange() {
        assertThat(new OptionType.Text(4).fault("12345"))
                .contains(new Fault(Reason.OUT_OF_RANGE, "longer than the 4 characters jemalloc keeps"));
    }
}

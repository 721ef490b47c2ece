package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class NumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-0.0", "1.5", "1e308", "-1e308", "1e-400", "5e-324", "179769313486231570e291", "0e400"})
    void aNumberOfADoublesReachIsGivenBackAsItIs(String number) {
        // then
        assertThat(Numbers.bounded(new BigDecimal(number))).isEqualTo(new BigDecimal(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e309", "-1e309", "1e401", "1e-401", "0e401", "1e-999999999", "1e999999999", "1e2147483647"})
    void anExponentBeyondADoublesIsRefused(String number) {
        // then
        assertThatThrownBy(() -> Numbers.bounded(new BigDecimal(number)))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("the exponent is too large");
    }

    @ParameterizedTest
    @CsvSource({"1.5, true", "Infinity, false", "-Infinity, false", "NaN, false"})
    void whatAParserMakesOfAnOverflowIsNoNumber(double number, boolean finite) {
        // then
        assertThat(Numbers.isFinite(JsonNodeFactory.instance.numberNode(number)))
                .isEqualTo(finite);
        assertThat(Numbers.isFinite(JsonNodeFactory.instance.numberNode((float) number)))
                .isEqualTo(finite);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "39, 39", "40, 40", "41, 43", "5000, 43"})
    void aLongTextIsCutForAMessage(int length, int shown) {
        // then
        assertThat(Numbers.shown("9".repeat(length))).hasSize(shown).matches("9*(\\.\\.\\.)?");
    }
}

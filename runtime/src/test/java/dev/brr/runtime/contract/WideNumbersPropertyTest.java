package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class WideNumbersPropertyTest {

    private static JsonNode number(BigDecimal number) {
        return JsonNodeFactory.instance.numberNode(number);
    }

    @Property(tries = 500)
    void aNumberIsWorthTheSameAsBefore(@ForAll long digits, @ForAll @IntRange(min = -300, max = 300) int scale) {
        // given
        BigDecimal decimal = BigDecimal.valueOf(digits, scale);

        // when
        JsonNode whole = WideNumbers.whole(number(decimal));

        // then: and it is written by its digits if it has no fraction
        assertThat(whole.decimalValue()).isEqualByComparingTo(decimal);
        assertThat(whole.isIntegralNumber())
                .isEqualTo(decimal.stripTrailingZeros().scale() <= 0);
    }

    @ParameterizedTest
    @CsvSource({"1e400, true", "1e401, false", "10e400, false", "1e2000000000, false", "0e-2000, true", "1e-1, false"})
    void aNumberThatWouldCostMemoryByItsExponentStaysAsItIs(String text, boolean whole) {
        // then
        assertThat(WideNumbers.whole(number(new BigDecimal(text))).isIntegralNumber())
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"Infinity", "-Infinity", "NaN"})
    void whatIsNoNumberStaysAsItIs(double number) {
        // given
        JsonNode node = JsonNodeFactory.instance.numberNode(number);

        // then
        assertThat(WideNumbers.whole(node)).isSameAs(node);
    }

    @Test
    void numbersAreFoundAtEveryDepthAndTheValueItselfIsNotChanged() {
        // given
        String text = "{\"a\":[1.0,{\"b\":2e1,\"c\":[[3.5]]}],\"d\":\"4.0\",\"e\":{},\"f\":[]}";
        JsonNode value = Json.treeIfJson(text).orElseThrow();

        // when
        JsonNode whole = WideNumbers.whole(value);

        // then
        assertThat(whole).hasToString("{\"a\":[1,{\"b\":20,\"c\":[[3.5]]}],\"d\":\"4.0\",\"e\":{},\"f\":[]}");
        assertThat(value).isEqualTo(Json.treeIfJson(text).orElseThrow());
    }
}

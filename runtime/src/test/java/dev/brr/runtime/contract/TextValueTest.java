package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import java.util.Arrays;
import java.util.EnumSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TextValueTest {

    private static SchemaShape shape(String types) {
        EnumSet<ValueType> set = EnumSet.noneOf(ValueType.class);
        Arrays.stream(types.split(" "))
                .filter(type -> !type.isEmpty())
                .map(ValueType::valueOf)
                .forEach(set::add);
        return SchemaShape.ANY.withTypes(set);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "12 | INTEGER | 12",
                "-12 | INTEGER | -12",
                "0 | INTEGER | 0",
                "2147483648 | INTEGER | 2147483648",
                "99999999999999999999 | INTEGER | 99999999999999999999",
                "012 | INTEGER | \"012\"",
                "+12 | INTEGER | \"+12\"",
                "1.5 | INTEGER | 1.5",
                "1e2 | INTEGER | 100",
                "1.0 | INTEGER | 1",
                "-2.50e1 | INTEGER | -25",
                "1e2 | NUMBER | 1E+2",
                "1.0 | NUMBER | 1.0",
                "12e-1 | INTEGER | 1.2",
                "1.5 | NUMBER | 1.5",
                "-0.25 | NUMBER | -0.25",
                ".5 | NUMBER | \".5\"",
                "5. | NUMBER | \"5.\"",
                "1e9999 | NUMBER | \"1e9999\"",
                "1e999 | NUMBER | \"1e999\"",
                "-1e309 | NUMBER | \"-1e309\"",
                "1e308 | NUMBER | 1E+308",
                "NaN | NUMBER | \"NaN\"",
                "0x10 | INTEGER | \"0x10\"",
                "١٢ | INTEGER | \"١٢\"",
                "12 | STRING | \"12\"",
                "12 | | \"12\"",
                "12 | STRING INTEGER | 12",
                "x | STRING INTEGER | \"x\"",
                "true | BOOLEAN | true",
                "false | BOOLEAN | false",
                "True | BOOLEAN | \"True\"",
                "1 | BOOLEAN | \"1\"",
                "null | NULL INTEGER | null",
                "null | NULL STRING | \"null\"",
                "`` | INTEGER | \"\"",
                "- | INTEGER | \"-\"",
            })
    void textBecomesWhatTheSchemaMeansByIt(String text, String types, String json) {
        // when
        JsonNode value = TextValue.of(text, shape(types == null ? "" : types));

        // then
        assertThat(value.toString()).isEqualTo(json);
    }

    @Test
    void aNumberOfMoreDigitsThanAnybodyMeansStaysText() {
        // then
        assertThat(TextValue.of("9".repeat(401), shape("INTEGER")).isString()).isTrue();
        assertThat(TextValue.of("9".repeat(400), shape("INTEGER")).isNumber()).isTrue();
    }

    @Property
    void everyWholeNumberComesBack(@ForAll long number) {
        // when
        JsonNode value = TextValue.of(Long.toString(number), shape("INTEGER"));

        // then
        assertThat(value.isIntegralNumber()).isTrue();
        assertThat(value.longValue()).isEqualTo(number);
    }

    @Property
    void textIsNeverLost(@ForAll String text) {
        // when
        JsonNode value = TextValue.of(text, shape("STRING"));

        // then
        assertThat(value.stringValue()).isEqualTo(text);
    }
}

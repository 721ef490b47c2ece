package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.document.References;
import dev.brr.runtime.routing.Percent;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTextTest {
    private final ObjectText color =
            new ObjectText(SchemaShape.of(new References(Json.treeIfJson("""
            {"S": {"properties": {"R": {"type": "integer"}, "on": {"type": "boolean"},
             "tags": {"type": "array", "items": {"type": "number"}}}}}
            """).orElseThrow()), "/S"));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "R=100; {\"R\":100}",
                "R=100,on=true,name=x; {\"R\":100,\"on\":true,\"name\":\"x\"}",
                "R=; {\"R\":\"\"}",
                "=1; {\"\":\"1\"}",
                "R=1=2; {\"R\":\"1=2\"}",
                "a%3Db=c%2Cd; {\"a=b\":\"c,d\"}",
                "R=1,R=2; {\"R\":[1,2]}",
                "tags=1,tags=x,tags=2.5; {\"tags\":[1,\"x\",2.5]}",
                "``; {}",
            })
    void assignmentsAreSplitAtTheFirstEqualsSignAndThenDecoded(String raw, String expected) throws ParameterException {
        // then
        assertThat(color.assigned(Delimited.split(raw, ','), Percent::decode)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "R,100; {\"R\":100}",
                "R,100,on,false; {\"R\":100,\"on\":false}",
                "R,; {\"R\":\"\"}",
                "tags,1,tags,2; {\"tags\":[1,2]}",
                "%52,1%30; {\"R\":10}",
                "R=1,2; {\"R=1\":\"2\"}",
                "``; {}",
            })
    void namesAndValuesAreReadInTurn(String raw, String expected) throws ParameterException {
        // then
        assertThat(color.alternating(Delimited.split(raw, ','), Percent::decode))
                .hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "R=1,on", "R,1"})
    void anAssignmentWithoutAnEqualsSignIsRefused(String raw) {
        // then
        assertThatThrownBy(() -> color.assigned(Delimited.split(raw, ','), Percent::decode))
                .isInstanceOf(ParameterException.class)
                .hasMessage("has to be written as name=value pairs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "R,1,on", "R,1,"})
    void aNameWithoutAValueIsRefused(String raw) {
        // then
        assertThatThrownBy(() -> color.alternating(Delimited.split(raw, ','), Percent::decode))
                .isInstanceOf(ParameterException.class)
                .hasMessage("has to be written as names and values in turn");
    }

    @Test
    void withoutDecodingAPercentSignStandsForItself() throws ParameterException {
        // then
        assertThat(color.assigned(List.of("a%20=b%zz"), UnaryOperator.identity()))
                .hasToString("{\"a%20\":\"b%zz\"}");
    }
}

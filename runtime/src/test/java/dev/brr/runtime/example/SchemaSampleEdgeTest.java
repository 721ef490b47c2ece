package dev.brr.runtime.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.References;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Samples of schemas that end nowhere, ask for much, or say two things at once. */
class SchemaSampleEdgeTest {

    private static JsonNode sample(String schemas) {
        return new SchemaSample(new References(JsonMapper.shared().readTree(schemas))).of("/S");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"string\",\"minLength\":4096} | 4096",
                "{\"type\":\"string\",\"minLength\":4097} | 4",
                "{\"type\":\"string\",\"minLength\":1000000000} | 4",
                "{\"type\":\"string\",\"maxLength\":0} | 0",
                "{\"type\":\"string\",\"minLength\":6,\"maxLength\":6} | 6",
                "{\"type\":\"string\",\"format\":\"unknown\"} | 4",
            })
    void aTextIsAsLongAsItHasToBeWithinReason(String schema, int length) {
        // then
        assertThat(sample("{\"S\":" + schema + "}").stringValue()).hasSize(length);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "16, 16", "17, 16", "1000000, 16"})
    void aListIsAsLongAsItHasToBeWithinReason(int minItems, int size) {
        // then
        assertThat(sample("{\"S\":{\"type\":\"array\",\"minItems\":" + minItems + ",\"items\":{\"const\":1}}}"))
                .hasSize(size);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"example\":null,\"default\":1} | null",
                "{\"const\":1,\"default\":2,\"enum\":[3]} | 1",
                "{\"examples\":[],\"enum\":[3]} | 3",
                "{\"enum\":[],\"type\":\"boolean\"} | true",
                "{\"oneOf\":[],\"type\":\"integer\"} | 0",
                "{\"type\":\"unknown\"} | {}",
                "{\"type\":[\"null\",\"string\"]} | null",
                "{\"oneOf\":[{\"const\":1}],\"anyOf\":[{\"const\":2}]} | 1",
                "{\"$ref\":\"#/T\"} | \"t\"",
                "{\"$ref\":\"#/S\"} | {}",
                "true | {}",
            })
    void whatIsSaidFirstCounts(String schema, String expected) {
        // then
        assertThat(sample("{\"S\":" + schema + ",\"T\":{\"default\":\"t\"}}")).hasToString(expected);
    }

    @Test
    void aRequiredPropertyThatHoldsItsOwnerIsNullAtTheEnd() {
        // then
        assertThat(sample("{\"S\":{\"required\":[\"next\"],\"properties\":{\"next\":{\"$ref\":\"#/S\"}}}}"))
                .hasToString("{\"next\":null}");
    }

    @Test
    void aListOfItsOwnerIsEmptyAtTheEnd() {
        // then
        assertThat(sample("{\"S\":{\"properties\":{\"all\":{\"items\":{\"$ref\":\"#/S\"}}}}}"))
                .hasToString("{\"all\":[]}");
    }

    @Test
    void aSchemaMayStandBesideItselfWithoutBeingARing() {
        // then
        assertThat(sample("{\"S\":{\"properties\":{\"a\":{\"$ref\":\"#/T\"},\"b\":{\"$ref\":\"#/T\"}}},"
                        + "\"T\":{\"properties\":{\"c\":{\"type\":\"integer\"}}}}"))
                .hasToString("{\"a\":{\"c\":0},\"b\":{\"c\":0}}");
    }

    @Test
    void schemasThatReferToEachOtherManyTimesOverMakeASampleThatEnds() {
        // given: each of eight holds all the others thrice
        String schemas = IntStream.range(0, 8)
                .mapToObj(i -> "\"T" + i + "\":{\"properties\":{"
                        + IntStream.range(0, 24)
                                .mapToObj(k -> "\"p" + k + "\":{\"$ref\":\"#/T" + k % 8 + "\"}")
                                .collect(Collectors.joining(","))
                        + "}}")
                .collect(Collectors.joining(",", "{\"S\":{\"$ref\":\"#/T0\"},", "}"));

        // then
        assertThat(sample(schemas).toString()).hasSizeLessThan(1_000_000);
    }

    @Test
    void whatIsWrittenOnlyIsNotShownThoughItIsRequired() {
        // then
        assertThat(
                        sample(
                                "{\"S\":{\"required\":[\"pin\",\"id\"],\"properties\":{"
                                        + "\"pin\":{\"type\":\"string\",\"writeOnly\":true},\"id\":{\"type\":\"integer\",\"readOnly\":true}}}}"))
                .hasToString("{\"id\":0}");
    }
}

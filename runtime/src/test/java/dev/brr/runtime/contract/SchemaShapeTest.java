package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaShapeTest {

    private static SchemaShape shape(String schemas) {
        return SchemaShape.of(new References(JsonMapper.shared().readTree(schemas)), "/S");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"S\": {\"type\": \"integer\"}} | INTEGER",
                "{\"S\": {\"type\": [\"integer\", \"null\"]}} | INTEGER NULL",
                "{\"S\": {}} | ``",
                "{\"S\": true} | ``",
                "{\"S\": {\"enum\": [1, \"a\", true, null, 1.5]}} | STRING INTEGER NUMBER BOOLEAN NULL",
                "{\"S\": {\"const\": 5}} | INTEGER",
                "{\"S\": {\"type\": \"string\", \"enum\": [\"1\"]}} | STRING",
                "{\"S\": {\"properties\": {}}} | OBJECT",
                "{\"S\": {\"items\": {}}} | ARRAY",
                "{\"S\": {\"$ref\": \"#/T\"}, \"T\": {\"type\": \"boolean\"}} | BOOLEAN",
                "{\"S\": {\"oneOf\": [{\"type\": \"integer\"}, {\"$ref\": \"#/T\"}]}, \"T\": {\"type\": \"array\"}} | INTEGER ARRAY",
                "{\"S\": {\"anyOf\": [{\"type\": \"number\"}, {\"type\": \"null\"}]}} | NUMBER NULL",
                "{\"S\": {\"allOf\": [{\"type\": \"object\"}, {\"minProperties\": 1}]}} | OBJECT",
                "{\"S\": {\"$ref\": \"#/nowhere\"}} | ``",
                "{\"S\": {\"$ref\": \"#/T\", \"minItems\": 1}, \"T\": {\"type\": \"array\"}} | ARRAY",
                "{\"S\": {\"$ref\": \"#/T\", \"type\": \"object\"}, \"T\": {}} | OBJECT",
                "{\"S\": {\"prefixItems\": [{}]}} | ARRAY",
                "{\"S\": {\"patternProperties\": {}}} | OBJECT",
                "{\"S\": {\"additionalProperties\": false}} | OBJECT",
                "{\"S\": {\"then\": {\"type\": \"integer\"}, \"else\": {\"type\": \"null\"}}} | INTEGER NULL",
                "{\"S\": {\"dependentSchemas\": {\"a\": {\"properties\": {}}}}} | OBJECT",
                "{\"S\": {\"type\": \"integer\", \"anyOf\": [{\"type\": \"string\"}, {\"minimum\": 1}]}} | INTEGER",
                "{\"S\": {\"items\": {}, \"anyOf\": [{\"type\": \"string\"}, {\"type\": \"array\"}]}} | STRING ARRAY",
            })
    void typesAreGatheredThroughReferencesAndCombinations(String schemas, String types) {
        // when
        SchemaShape shape = shape(schemas);

        // then
        assertThat(shape.types().stream().map(ValueType::name).collect(Collectors.joining(" ")))
                .isEqualTo(types);
    }

    @Test
    void propertiesOfAllBranchesAreKnown() {
        // when
        SchemaShape shape = shape("""
                {"S": {"properties": {"a": {"type": "integer"}}, "allOf": [{"properties": {"b": {"type": "boolean"}}}],
                 "oneOf": [{"properties": {"c": {"items": {"type": "number"}}}}]}}
                """);

        // then
        assertThat(shape.properties()).containsOnlyKeys("a", "b", "c");
        assertThat(shape.properties().getOrDefault("c", SchemaShape.ANY).item(0).allows(ValueType.NUMBER))
                .isTrue();
    }

    @Test
    void aSchemaThatContainsItselfHasAShape() {
        // when
        SchemaShape shape =
                shape("{\"S\": {\"properties\": {\"next\": {\"$ref\": \"#/S\"}}, \"items\": {\"$ref\": \"#/S\"}}}");

        // then
        assertThat(shape.properties().getOrDefault("next", SchemaShape.ANY).allows(ValueType.OBJECT))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"S\": {\"type\": \"string\", \"format\": \"binary\"}} | true",
                "{\"S\": {\"contentMediaType\": \"image/png\"}} | true",
                "{\"S\": {\"type\": \"string\", \"format\": \"byte\"}} | false",
            })
    void bytesAreToldFromText(String schemas, boolean binary) {
        // then
        assertThat(shape(schemas).binary()).isEqualTo(binary);
    }

    @Test
    void itemsThatAreNotDescribedMayBeAnything() {
        // then
        assertThat(shape("{\"S\": {\"type\": \"array\"}}").item(0)).isEqualTo(SchemaShape.ANY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"prefixItems\": [{\"type\": \"integer\"}, {\"type\": \"boolean\"}]} | INTEGER BOOLEAN - -",
                "{\"prefixItems\": [{\"type\": \"integer\"}], \"items\": {\"type\": \"null\"}} | INTEGER NULL NULL NULL",
                "{\"prefixItems\": [{\"type\": \"integer\"}], \"items\": false} | INTEGER - - -",
                "{\"anyOf\": [{\"prefixItems\": [{\"type\": \"integer\"}]}, {\"items\": {\"type\": \"string\"}}]}"
                        + " | STRING+INTEGER STRING STRING STRING",
                "{\"items\": {\"type\": \"number\"}, \"allOf\": [{\"prefixItems\": [{\"type\": \"null\"}]}]} | NUMBER NUMBER NUMBER NUMBER",
            })
    void anItemHasTheShapeOfItsPlace(String schema, String expected) {
        // when
        SchemaShape shape = shape("{\"S\": " + schema + "}");

        // then
        assertThat(IntStream.range(0, 4).mapToObj(i -> shown(shape.item(i))).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    private static String shown(SchemaShape shape) {
        return shape.types().isEmpty()
                ? "-"
                : shape.types().stream().map(ValueType::name).collect(Collectors.joining("+"));
    }

    @ParameterizedTest
    @CsvSource({
        "n, INTEGER, true",
        "i-1, NUMBER, true",
        "b-1, BOOLEAN, true",
        "xi-1, NULL, false",
        "c, STRING, true",
        "other, NULL, false",
    })
    void aPropertyHasTheShapeOfItsNameOrOfAPatternThatItMatchesOrOfTheOthers(
            String name, String type, boolean declared) {
        // given
        SchemaShape shape = shape("""
                {"S": {"properties": {"n": {"type": "integer"}},
                 "patternProperties": {"^i-": {"type": "number"}, "^b-": {"type": "boolean"}},
                 "additionalProperties": {"type": "null"},
                 "dependentSchemas": {"n": {"properties": {"c": {"type": "string"}}}}}}
                """);

        // then
        assertThat(shown(shape.property(name))).isEqualTo(type);
        assertThat(shape.declares(name)).isEqualTo(declared);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"object\"} | true",
                "{\"properties\": {\"a\": {}}} | false",
                "{\"properties\": {\"a\": {}}, \"additionalProperties\": true} | true",
                "{\"properties\": {\"a\": {}}, \"additionalProperties\": {}} | true",
                "{\"properties\": {\"a\": {}}, \"additionalProperties\": false} | false",
                "{\"patternProperties\": {\"^a\": {}}} | false",
                "{\"properties\": {\"a\": {}}, \"anyOf\": [{\"additionalProperties\": true}]} | true",
            })
    void anObjectIsFreeWhereTheSchemaSaysSoOrNamesNothing(String schema, boolean free) {
        // then
        assertThat(shape("{\"S\": " + schema + "}").isFree()).isEqualTo(free);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"minLength\": 2, \"maxLength\": 9} | 2 9",
                "{\"maxLength\": 9, \"allOf\": [{\"maxLength\": 5, \"minLength\": 1}]} | 1 5",
                "{\"maxLength\": 9, \"anyOf\": [{\"maxLength\": 5}, {\"maxLength\": 7}]} | 0 7",
                "{\"anyOf\": [{\"maxLength\": 5}, {\"maxLength\": 7}]} | 0 7",
                "{\"maxLength\": 9, \"then\": {\"maxLength\": 5}} | 0 9",
                "{\"$ref\": \"#/T\", \"maxLength\": 9} | 3 9",
            })
    void theBytesOfAFileKeepToAllThatHoldsForSure(String schema, String bounds) {
        // when
        ByteBounds read = shape("{\"S\": " + schema + ", \"T\": {\"minLength\": 3, \"maxLength\": 99}}")
                .bounds();

        // then
        assertThat(read.least() + " " + read.most()).isEqualTo(bounds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"string\" | ''",
                "[\"integer\", \"boolean\"] | ''",
                "[\"integer\", \"null\"] | ''",
                "[\"string\", \"array\"] | STRING",
                "[\"string\", \"object\"] | STRING",
                "[\"array\", \"object\"] | OBJECT",
                "[\"string\", \"integer\"] | STRING",
                "[\"string\", \"null\"] | NULL",
                "[\"string\", \"number\", \"null\"] | STRING+NULL NULL",
                "[\"string\", \"integer\", \"boolean\", \"null\", \"array\", \"object\"]"
                        + " | STRING+INTEGER+BOOLEAN+NULL+OBJECT STRING+INTEGER+BOOLEAN+NULL STRING+NULL NULL",
            })
    void aUnionHasOneReadingAfterTheOtherAndThenNoMore(String types, String readings) {
        // given
        List<String> found = new ArrayList<>();

        // when
        Optional<SchemaShape> at = shape("{\"S\": {\"type\": " + types + "}}").narrower();
        while (at.isPresent()) {
            found.add(shown(at.get()));
            at = at.get().narrower();
        }

        // then
        assertThat(String.join(" ", found)).isEqualTo(readings);
    }
}

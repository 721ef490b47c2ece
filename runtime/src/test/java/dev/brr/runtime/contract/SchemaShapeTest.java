package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.SchemaShape.ValueType;
import dev.brr.runtime.document.References;
import java.util.stream.Collectors;
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
        assertThat(shape.properties().getOrDefault("c", SchemaShape.ANY).item().allows(ValueType.NUMBER))
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
        assertThat(shape("{\"S\": {\"type\": \"array\"}}").item()).isEqualTo(SchemaShape.ANY);
    }
}

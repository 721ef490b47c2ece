package dev.brr.runtime.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ServiceDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SchemaSampleTest {
    private static final String POINTER = "/components/schemas/S";

    private static ServiceDocument document(String schema) {
        return Documents.valid("""
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components: {schemas: {S: %s, T: {type: object, required: [t], properties: {t: {type: string}}}}}
                """.formatted(schema));
    }

    private static JsonNode sample(String schema) {
        return new SchemaSample(new References(document(schema).root())).of(POINTER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: string, example: one, default: two} | \"one\"",
                "{type: string, default: two, enum: [three]} | \"two\"",
                "{type: string, examples: [four, five]} | \"four\"",
                "{type: string, enum: [three]} | \"three\"",
                "{const: 7} | 7",
                "{type: boolean} | true",
                "{type: 'null'} | null",
                "{type: [integer, 'null'], minimum: 5} | 5",
                "{} | {}",
                "{type: object} | {}",
                "{items: {const: 1}} | [1]",
                "{type: array} | []",
                "{type: array, items: {const: 1}, minItems: 3} | [1,1,1]",
                "{type: array, items: {const: 1}, maxItems: 0} | []",
                "{type: object, properties: {a: {const: 1}, b: {type: string, writeOnly: true}}} | {\"a\":1}",
                "{allOf: [{$ref: '#/components/schemas/T'}], type: object, properties: {a: {const: 1}}} | {\"t\":\"text\",\"a\":1}",
                "{oneOf: [{const: 1}, {const: 2}]} | 1",
                "{anyOf: [{$ref: '#/components/schemas/T'}]} | {\"t\":\"text\"}",
            })
    void aSampleIsWhatTheSchemaSaysFirst(String schema, String json) {
        // then
        assertThat(sample(schema).toString()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: string}",
                "{type: string, minLength: 10}",
                "{type: string, maxLength: 2}",
                "{type: string, format: date-time}",
                "{type: string, format: date}",
                "{type: string, format: time}",
                "{type: string, format: duration}",
                "{type: string, format: email}",
                "{type: string, format: hostname}",
                "{type: string, format: ipv4}",
                "{type: string, format: ipv6}",
                "{type: string, format: uri}",
                "{type: string, format: uri-reference}",
                "{type: string, format: uuid}",
                "{type: string, format: byte}",
                "{type: string, format: json-pointer}",
                "{type: string, format: regex}",
                "{type: integer}",
                "{type: integer, minimum: 10}",
                "{type: integer, minimum: -10}",
                "{type: integer, minimum: 1.5}",
                "{type: integer, maximum: -3}",
                "{type: integer, exclusiveMinimum: 10}",
                "{type: integer, exclusiveMaximum: -10}",
                "{type: integer, multipleOf: 7, minimum: 20}",
                "{type: integer, multipleOf: 7, exclusiveMinimum: 21}",
                "{type: number, minimum: 0.5}",
                "{type: number, multipleOf: 0.5, minimum: 0.7}",
                "{type: integer, format: int32}",
                "{type: array, items: {type: integer}, minItems: 2}",
                "{type: object, required: [a, b], properties: {a: {type: integer}, b: {type: array, items: {type: string, format: uuid}}}}",
                "{type: object, required: [next], properties: {next: {type: ['null', object]}}}",
                "{allOf: [{$ref: '#/components/schemas/T'}, {type: object, required: [u], properties: {u: {type: integer, minimum: 3}}}]}",
                "{type: object, properties: {self: {$ref: '#/components/schemas/S'}, list: {type: array, items: {$ref: '#/components/schemas/S'}}}}"
            })
    void aSampleHoldsToItsSchema(String schema) {
        // given
        ServiceDocument document = document(schema);

        // when
        JsonNode sample = new SchemaSample(new References(document.root())).of(POINTER);

        // then
        assertThat(new ContractSchemas(document.root()).at(POINTER).validateResponse(sample))
                .as("%s", sample)
                .isEmpty();
    }

    @Test
    void aSchemaThatContainsItselfEnds() {
        // when
        JsonNode sample = sample("{type: object, properties: {next: {$ref: '#/components/schemas/S'}, a: {const: 1}}}");

        // then
        assertThat(sample.toString()).isEqualTo("{\"a\":1}");
    }

    @Test
    void aReferenceThatFindsNothingIsAnEmptyObject() {
        // then
        assertThat(new SchemaSample(new References(document("{}").root())).of("/nowhere"))
                .isEmpty();
    }
}

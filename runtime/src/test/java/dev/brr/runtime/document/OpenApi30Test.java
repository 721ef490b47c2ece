package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.ContractSchemas;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Schemas of OpenAPI 3.0, by the values that they take once they are rewritten. */
class OpenApi30Test {

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{type: string, nullable: true}; null; ok",
                "{type: string, nullable: false}; null; type",
                "{type: string}; null; type",
                "{type: string, nullable: true}; 7; type",
                "{type: string, nullable: true, minLength: 2}; 'a'; minLength",
                "{type: string, nullable: true, enum: [a, b]}; null; ok",
                "{type: string, nullable: true, enum: [a, b]}; 'c'; enum",
                "{type: object, required: [a], properties: {a: {type: integer, nullable: true}}}; {'a':null}; ok",
                "{type: object, required: [a], properties: {a: {type: integer, nullable: true}}}; {}; required",
                "{type: array, items: {type: boolean, nullable: true}}; [true,null]; ok",
                "{type: array, nullable: true, items: {type: boolean}}; [null]; type",
                "{type: object, nullable: true, properties: {nullable: {type: boolean}}}; {'nullable':true}; ok",
                "{type: object, properties: {nullable: {type: boolean}}}; {'nullable':'yes'}; type",
                "{allOf: [{type: object, nullable: true}]}; null; ok",
                "{oneOf: [{type: integer, nullable: true}, {type: string}]}; null; ok",
                "{type: integer, minimum: 1, exclusiveMinimum: true}; 1; exclusiveMinimum",
                "{type: integer, minimum: 1, exclusiveMinimum: true}; 2; ok",
                "{type: integer, minimum: 1, exclusiveMinimum: false}; 1; ok",
                "{type: integer, minimum: 1, exclusiveMinimum: false}; 0; minimum",
                "{type: number, maximum: 1.5, exclusiveMaximum: true}; 1.5; exclusiveMaximum",
                "{type: number, maximum: 1.5, exclusiveMaximum: true}; 1.4; ok",
                "{type: number, exclusiveMaximum: true}; 9; ok",
                "{type: number, nullable: true, minimum: 1, exclusiveMinimum: true}; null; ok",
                "{nullable: true, enum: [a]}; null; ok",
                "{nullable: true, enum: [a]}; 'b'; enum",
                "{nullable: true, enum: [a, null]}; null; ok",
                "{nullable: true, minLength: 2}; null; ok",
                "{nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}]}; null; ok",
                "{nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}]}; {}; required",
                "{nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}]}; {'name':'x'}; ok",
                "{nullable: false, allOf: [{$ref: '#/components/schemas/Pet'}]}; null; type",
                "{type: object, nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}]}; null; ok",
                "{type: object, nullable: true, oneOf: [{$ref: '#/components/schemas/Pet'}]}; 7; type",
                "{nullable: true, oneOf: [{$ref: '#/components/schemas/Pet'}, {type: string}]}; null; ok",
                "{nullable: true, oneOf: [{$ref: '#/components/schemas/Pet'}, {type: string}]}; 'x'; ok",
                "{nullable: true, anyOf: [{type: string}, {type: integer}]}; null; ok",
                "{nullable: true, not: {enum: [null]}}; null; ok",
                "{$ref: '#/components/schemas/Pet', nullable: true}; null; ok",
                "{$ref: '#/components/schemas/Pet', nullable: true}; {}; required",
                "{$ref: '#/components/schemas/Pet', maxProperties: 0}; {'name':'x'}; ok",
                "{type: object, properties: {a: {$ref: '#/components/schemas/Pet', nullable: true}}}; {'a':null}; ok",
                "{type: object, properties: {exclusiveMinimum: {type: boolean}}}; {'exclusiveMinimum':true}; ok",
                "{type: object, properties: {default: {type: string, nullable: true}}}; {'default':null}; ok",
                "{type: object, properties: {example: {type: string, nullable: true}}}; {'example':null}; ok",
                "{type: [string, integer], nullable: true}; null; ok",
                "{type: [string, integer], nullable: true}; true; type",
                "{type: [string, 'null'], nullable: true}; null; ok",
                "{const: a, nullable: true}; null; ok",
                "{const: a, nullable: true}; 'b'; const",
                "{if: {type: string}, then: {minLength: 2}, else: false, nullable: true}; null; ok",
                "{if: {type: string}, then: {minLength: 2}, else: false, nullable: true}; 'a'; minLength",
            })
    void aValueIsTakenAsTheAuthorOfA30DocumentMeansIt(String schema, String value, String expected) {
        // given
        ServiceDocument document = Documents.checked("""
                openapi: 3.0.4
                info: {title: t, version: '1'}
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components: {schemas: {Pet: {type: object, required: [name]}, S: %s}}
                """.formatted(schema));

        // when
        var violations =
                new ContractSchemas(document.root()).at("/components/schemas/S").validateRequest(json(value));

        // then
        assertThat(violations.isEmpty() ? "ok" : violations.getFirst().keyword())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'type':['string'],'nullable':true}; {'type':['string','null']}",
                "{'type':['string','null'],'nullable':true}; {'type':['string','null']}",
                "{'$ref':'#/a','nullable':true}; {'anyOf':[{'$ref':'#/a'},{'type':'null'}]}",
                "{'$ref':'#/a','nullable':false,'description':'d'}; {'$ref':'#/a'}",
                "{'$ref':'#/a','get':{'x':1}}; {'$ref':'#/a','get':{'x':1}}",
                "{'example':{'nullable':true,'type':'t'}}; {'example':{'nullable':true,'type':'t'}}",
                "{'default':{'nullable':true,'type':'t'}}; {'default':{'nullable':true,'type':'t'}}",
                "{'enum':[{'nullable':true,'type':'t'}]}; {'enum':[{'nullable':true,'type':'t'}]}",
                "{'x-y':{'nullable':true,'type':'t'}}; {'x-y':{'nullable':true,'type':'t'}}",
                "{'examples':{'e':{'value':{'nullable':true}}}}; {'examples':{'e':{'value':{'nullable':true}}}}",
                "{'example':{'exclusiveMinimum':true}}; {'example':{'exclusiveMinimum':true}}",
                "{'example':{'$ref':'#/a','b':1}}; {'example':{'$ref':'#/a','b':1}}",
                "{'type':'string','nullable':'yes'}; {'type':'string','nullable':'yes'}",
                "{'exclusiveMinimum':3}; {'exclusiveMinimum':3}",
                "{'exclusiveMinimum':true}; {}",
                "{'minimum':1,'exclusiveMaximum':true}; {'minimum':1}",
                "{'minimum':1,'maximum':2,'exclusiveMinimum':true,'exclusiveMaximum':true}; {'exclusiveMinimum':1,'exclusiveMaximum':2}",
                "[{'type':'string','nullable':true}]; [{'type':['string','null']}]",
                "7; 7",
            })
    void onlyFlagsAreRewritten(String schema, String upgraded) {
        // given
        JsonNode node = json(schema);

        // when
        OpenApi30.upgrade(node);

        // then
        assertThat(node).isEqualTo(json(upgraded));
    }
}

package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.ContractSchemas;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a document says that only the other version of OpenAPI knows: it is held to, or it is a finding. */
class OpenApiVersionsTest {
    private static String document(String version, String schema) {
        return """
                openapi: %s
                info: {title: t, version: '1'}
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components:
                  schemas:
                    Pet: {type: object, required: [name]}
                    Maybe: {type: [object, 'null']}
                    S: %s
                """.formatted(version, schema);
    }

    private static List<DocumentProblem> problems(String text) {
        return switch (ServiceDocument.check(text)) {
            case DocumentCheck.Valid _ -> List.of();
            case DocumentCheck.Invalid invalid -> invalid.problems();
        };
    }

    private static void assertFinding(String text, String place, String message) {
        assertThat(problems(text)).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/components/schemas/S/" + place);
            assertThat(problem.line()).isEqualTo(8);
            assertThat(problem.message()).contains(message);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{const: a}; 'b'; const",
                "{prefixItems: [{type: string}]}; [1]; type",
                "{if: {type: string}, then: {minLength: 2}}; 'a'; minLength",
                "{if: {type: string}, else: {type: integer}}; true; type",
                "{type: [string, 'null']}; 7; type",
                "{type: 'null'}; 7; type",
                "{exclusiveMinimum: 1}; 1; exclusiveMinimum",
                "{exclusiveMaximum: 1}; 1; exclusiveMaximum",
                "{contains: {type: string}}; [1]; minContains",
                "{contains: {type: string}, minContains: 2}; ['a']; minContains",
                "{contains: {type: string}, maxContains: 1}; ['a','b']; maxContains",
                "{propertyNames: {maxLength: 1}}; {'ab':1}; propertyNames",
                "{patternProperties: {'^a': {type: string}}}; {'ab':1}; type",
                "{properties: {a: true}, unevaluatedProperties: false}; {'b':1}; unevaluatedProperties",
                "{prefixItems: [true], unevaluatedItems: false}; [1,2]; unevaluatedItems",
                "{dependentRequired: {a: [b]}}; {'a':1}; dependentRequired",
                "{dependentSchemas: {a: {required: [b]}}}; {'a':1}; required",
                "{$defs: {P: {minLength: 2}}, allOf: [{$ref: '#/components/schemas/S/$defs/P'}]}; 'a'; minLength",
            })
    void aDocumentOf30IsHeldToKeywordsOf31(String schema, String value, String keyword) {
        // given
        ServiceDocument document = Documents.checked(document("3.0.3", schema));

        // when
        var violations = new ContractSchemas(document.root())
                .at("/components/schemas/S")
                .validateRequest(JsonMapper.shared().readTree(value.replace('\'', '"')));

        // then
        assertThat(violations).isNotEmpty();
        assertThat(violations.getFirst().keyword()).isEqualTo(keyword);
    }

    static List<String> newAssertions() {
        return SchemaKeyword.names(keyword -> keyword.since31() && keyword.asserts()).stream()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("newAssertions")
    void whatOnlyA31DocumentIsHeldToBesideAReferenceIsAFinding(String keyword) {
        // given
        String schema = "{$ref: '#/components/schemas/Pet', " + keyword
                + ": %s}"
                        .formatted(
                                switch (keyword) {
                                    case "minContains", "maxContains" -> "1";
                                    case "prefixItems" -> "[{}]";
                                    case "dependentRequired" -> "{a: [b]}";
                                    default -> "{}";
                                });

        // then
        assertFinding(
                document("3.0.3", schema), keyword, "nothing would be held to " + keyword + "; put the reference");
        assertThat(problems(document("3.1.0", schema))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{$ref: '#/components/schemas/Pet', description: d, example: {}, type: object, maxProperties: 3}",
                "{$ref: '#/components/schemas/Pet', nullable: true, readOnly: true, default: {}}",
                "{$ref: '#/components/schemas/Pet', $comment: c, x-a: 1, $defs: {}, requried: [a]}",
                "{properties: {const: {$ref: '#/components/schemas/Pet'}, if: {type: string}}}",
                "{example: {$ref: '#/components/schemas/Pet', const: 1}}",
                "{allOf: [{$ref: '#/components/schemas/Pet'}], unevaluatedProperties: false}",
            })
    void what30IgnoresBesideAReferenceIsIgnored(String schema) {
        // then
        assertThat(problems(document("3.0.3", schema))).isEmpty();
    }

    @Test
    void webhooksAreServedInNoVersion() {
        // then
        assertThat(problems(
                        document("3.0.3", "{}") + "webhooks: {a: {post: {responses: {'200': {description: d}}}}}\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{type: string, nullable: true}; nullable",
                "{type: [string, integer], nullable: true}; nullable",
                "{enum: [a], nullable: true}; nullable",
                "{const: a, nullable: true}; nullable",
                "{$ref: '#/components/schemas/Pet', nullable: true}; nullable",
                "{allOf: [{$ref: '#/components/schemas/Pet'}], nullable: true}; nullable",
                "{oneOf: [{type: string}, {type: integer}], nullable: true}; nullable",
                "{properties: {a: {type: string, nullable: true}}}; properties/a/nullable",
                "{items: {anyOf: [{type: string, nullable: true}]}}; items/anyOf/0/nullable",
            })
    void nullableIsAFindingWhere31RefusesNull(String schema, String place) {
        // then
        assertFinding(document("3.1.0", schema), place, "OpenAPI 3.1 has no nullable, and null is refused here");
        assertThat(problems(document("3.0.3", schema))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{nullable: true}",
                "{nullable: true, minLength: 2}",
                "{type: string, nullable: false}",
                "{type: [string, 'null'], nullable: true}",
                "{enum: [a, null], nullable: true}",
                "{$ref: '#/components/schemas/Maybe', nullable: true}",
                "{anyOf: [{$ref: '#/components/schemas/Pet'}, {type: 'null'}], nullable: true}",
                "{properties: {nullable: {type: boolean}}}",
                "{type: object, default: {type: string, nullable: true}}",
                "{type: object, x-a: {type: string, nullable: true}}",
            })
    void nullableIsNoFindingWhereNullIsTakenAllTheSame(String schema) {
        // then
        assertThat(problems(document("3.1.0", schema))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0.3", "3.1.0"})
    void nullableIsYesOrNo(String version) {
        // then
        assertFinding(document(version, "{type: string, nullable: 'true'}"), "nullable", "has to be true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exclusiveMinimum", "exclusiveMaximum"})
    void aBoundIsAFlagIn30Alone(String keyword) {
        // given
        String schema = "{type: integer, minimum: 1, maximum: 9, " + keyword + ": true}";

        // then
        assertFinding(document("3.1.0", schema), keyword, "not a valid schema");
        assertThat(problems(document("3.0.3", schema))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0.3", "3.1.0"})
    void furtherItemsBehindTheFirstAreItems(String version) {
        // then
        assertFinding(
                document(version, "{prefixItems: [{type: string}], additionalItems: false}"),
                "additionalItems",
                "JSON Schema 2020-12 has no additionalItems; write items");
        assertThat(problems(document(version, "{items: {type: string}, additionalItems: false}")))
                .isEmpty();
    }
}

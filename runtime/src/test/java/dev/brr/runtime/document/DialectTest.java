package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that name a dialect, or one another by other means than a plain reference. */
class DialectTest {
    private static String document(String top, String schema) {
        return Documents.text(top + "\n" + """
                paths: {/a: {get: {responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/S"}}}}}}}}
                components:
                  schemas:
                    T: {type: string}
                    S: %s
                """.formatted(schema));
    }

    private static List<DocumentProblem> problems(String text) {
        return switch (ServiceDocument.check(text)) {
            case DocumentCheck.Valid _ -> List.of();
            case DocumentCheck.Invalid invalid -> invalid.problems();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{$schema: 'http://json-schema.org/draft-07/schema#'} | $schema | leave $schema out",
                "{$schema: 'https://json-schema.org/draft/2020-12/schema'} | $schema | leave $schema out",
                "{$schema: 'https://example.com/unknown'} | $schema | leave $schema out",
                "{properties: {a: {$schema: 'https://example.com/x'}}} | properties/a/$schema | leave $schema out",
                "{$dynamicRef: 'https://example.com/other.json#x'} | $dynamicRef | finds nothing in the document",
                "{$dynamicRef: 'other.json'} | $dynamicRef | $dynamicRef to other.json finds nothing",
                "{$dynamicRef: '#nowhere'} | $dynamicRef | $dynamicRef to #nowhere finds nothing",
                "{allOf: [{$dynamicRef: 5}]} | allOf/0/$dynamicRef | not a valid schema",
                "{$recursiveRef: '#'} | $recursiveRef | has no $recursiveRef; write $dynamicRef",
                "{dependencies: {a: [b]}} | dependencies | write dependentRequired or dependentSchemas",
                "{items: {id: x}} | items/id | write $id",
            })
    void whatWouldHoldNothingIsAFindingInItsPlace(String schema, String place, String message) {
        // when
        List<DocumentProblem> problems = problems(document("x-a: 1", schema));

        // then
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo("/components/schemas/S/" + place);
            assertThat(problem.line()).isEqualTo(8);
            assertThat(problem.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{$schema: 'https://spec.openapis.org/oas/3.1/dialect/base', type: object}",
                "{$dynamicRef: '#/components/schemas/T'}",
                "{$dynamicAnchor: here, items: {$dynamicRef: '#here'}}",
                "{properties: {id: {type: string}, dependencies: {type: array}, $schema: {type: string}}}",
            })
    void whatIsOfTheDialectIsServed(String schema) {
        // then
        assertThat(problems(document("x-a: 1", schema))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://spec.openapis.org/oas/3.1/dialect/base, 0",
        "https://json-schema.org/draft/2020-12/schema, 0",
        "https://example.com/dialect, 1",
        "http://json-schema.org/draft-07/schema#, 1",
        "5, 1"
    })
    void theDialectOfAllSchemasIsTheOneThatIsServed(String dialect, int findings) {
        // when
        List<DocumentProblem> problems = problems(document("jsonSchemaDialect: " + dialect, "{type: object}"));

        // then
        assertThat(problems).hasSize(findings).allSatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo("/jsonSchemaDialect");
            assertThat(problem.line()).isEqualTo(3);
        });
    }
}

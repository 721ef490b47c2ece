package dev.brr.runtime.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ServiceDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderSamplesTest {

    private static ExampleAnswer answer(String headers) {
        ServiceDocument document = Documents.valid("""
                paths: {/a: {get: {responses: {'201': {description: d, headers: %s}}}}}
                components:
                  headers: {Shared: {required: true, schema: {type: integer, minimum: 3}}}
                  examples: {Seven: {value: 7}}
                """.formatted(headers));
        return new OperationExamples(
                        document.operations().getFirst(),
                        new ContractSchemas(document.root()),
                        new References(document.root()))
                .answer(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{required: true, schema: {type: string, format: uri}} | https://example.com/",
                "{required: true, schema: {type: string}, example: /pets/7} | /pets/7",
                "{schema: {type: string}, example: /pets/7} | /pets/7",
                "{schema: {type: integer}, examples: {a: {value: 5}, b: {value: 6}}} | 5",
                "{schema: {type: integer}, examples: {a: {$ref: '#/components/examples/Seven'}}} | 7",
                "{$ref: '#/components/headers/Shared'} | 3",
                "{required: true} | text",
                "{required: true, schema: {type: boolean}} | true",
                "{required: true, schema: {type: [integer, 'null'], default: 9}} | 9",
                "{required: true, schema: {type: array, items: {enum: [a]}, minItems: 2}} | a,a",
                "{schema: {type: array, items: {type: integer}}, example: [1, 2]} | 1,2",
                "{schema: {type: object}, example: {a: 1, b: 2}} | a,1,b,2",
                "{explode: true, schema: {type: object}, example: {a: 1, b: 2}} | a=1,b=2",
                "{required: true, content: {application/json: {schema: {const: {a: [1]}}}}} | {\"a\":[1]}",
                "{content: {application/json: {schema: {type: string}, example: x}}} | \"x\"",
                "{required: true, content: {text/plain: {schema: {type: string}, example: x}}} | x",
            })
    void aHeaderIsItsExampleOrASample(String header, String text) {
        // when
        ExampleAnswer answer = answer("{X-A: " + header + "}");

        // then
        assertThat(answer.headers()).isEqualTo(Map.of("X-A", text));
        assertThat(answer.violations()).isEmpty();
    }

    @Test
    void whatIsNeitherRequiredNorShownIsLeftOut() {
        // then
        assertThat(answer("{X-A: {schema: {type: string, default: x}}, X-B: {}}")
                        .headers())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type",
                "content-length",
                "Transfer-Encoding",
                "Connection",
                "Content-Encoding",
                "Date",
                "X-Request-Id",
                "Vary",
                "Access-Control-Allow-Origin",
                "access-control-expose-headers"
            })
    void whatTheServerSaysItselfIsLeftToIt(String name) {
        // when
        ExampleAnswer answer = answer("{" + name + ": {required: true, schema: {type: integer}, example: 42}}");

        // then
        assertThat(answer.headers()).isEmpty();
        assertThat(answer.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-A: {schema: {type: integer}, example: many} | X-A",
                "X-A: {required: true, schema: {type: string, maxLength: 3}, example: long} | X-A",
                "X-A: {schema: {type: string}, example: \"a\\r\\nX-B: b\"} | X-A",
                "X-A: {schema: {type: string}, example: Käse} | X-A",
                "'X A': {required: true, schema: {type: string}} | X A",
            })
    void anExampleIsHeldToItsSchemaAndToWhatAHeaderCarries(String header, String name) {
        // when
        ExampleAnswer answer = answer("{" + header + "}");

        // then
        assertThat(answer.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.name()).isEqualToIgnoringCase(name))
                .extracting(Violation::in)
                .isEqualTo("header");
    }

    @Test
    void whatNoHeaderCanCarryIsNotSent() {
        // then
        assertThat(answer("{X-A: {schema: {type: string}, example: \"a\\r\\nX-B: b\"}, X-C: {required: true}}")
                        .headers())
                .containsOnlyKeys("X-C");
    }

    @Test
    void eachMediaTypeHasTheHeaders() {
        // given
        ServiceDocument document = Documents.valid("""
                paths:
                  /a:
                    get:
                      responses:
                        '200':
                          description: d
                          headers: {X-A: {required: true, schema: {const: a}}}
                          content: {application/json: {example: 1}, text/plain: {example: one}}
                """);

        // when
        OperationExamples examples = new OperationExamples(
                document.operations().getFirst(),
                new ContractSchemas(document.root()),
                new References(document.root()));

        // then
        for (String type : List.of("application/json", "text/plain")) {
            ExampleAnswer answer = examples.answer(MediaType.parse(type));
            assertThat(answer.mediaType()).map(MediaType::essence).contains(type);
            assertThat(answer.headers()).isEqualTo(Map.of("X-A", "a"));
        }
    }
}

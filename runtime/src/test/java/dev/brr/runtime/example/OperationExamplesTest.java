package dev.brr.runtime.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.ServiceDocument;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationExamplesTest {

    private static OperationExamples examples(String responses) {
        ServiceDocument document = Documents.valid("""
                paths: {/a: {get: {responses: %s}}}
                components:
                  schemas: {Pet: {type: object, required: [name], properties: {name: {type: string, example: Max}}}}
                  examples: {Bella: {value: {name: Bella}}}
                """.formatted(responses));
        return new OperationExamples(
                document.operations().getFirst(),
                new ContractSchemas(document.root()),
                new References(document.root()));
    }

    private static String body(ExampleAnswer answer) {
        return new String(answer.bytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'200': {description: d}} | 200",
                "{'404': {description: d}, '201': {description: d}} | 201",
                "{'204': {description: d}, '200': {description: d}} | 200",
                "{'2XX': {description: d}, '404': {description: d}} | 200",
                "{'201': {description: d}, '2XX': {description: d}} | 201",
                "{default: {description: d}} | 200",
                "{default: {description: d}, '404': {description: d}} | 200",
                "{'404': {description: d}, '302': {description: d}} | 302",
            })
    void theLowestSuccessAnswers(String responses, int status) {
        // then
        assertThat(examples(responses).answer(Optional.empty()).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json: {example: {name: Max}} | {\"name\":\"Max\"}",
                "application/json: {examples: {b: {$ref: '#/components/examples/Bella'}}} | {\"name\":\"Bella\"}",
                "application/json: {schema: {$ref: '#/components/schemas/Pet'}} | {\"name\":\"Max\"}",
                "application/json: {example: text} | \"text\"",
                "application/json: {example: null} | null",
                "application/json: {} | {}",
                "text/plain: {example: hello} | hello",
                "text/plain: {example: 5} | 5",
                "text/csv: {schema: {type: string, example: 'a,b'}} | a,b",
                "image/png: {schema: {type: string, format: binary}} | ``",
                "application/xml: {example: <a/>} | <a/>",
            })
    void theBodyIsTheExampleOrASample(String content, String body) {
        // when
        ExampleAnswer answer = examples("{'200': {description: d, content: {" + content + "}}}")
                .answer(Optional.empty());

        // then
        assertThat(body(answer)).isEqualTo(body);
        assertThat(answer.mediaType().orElseThrow().essence()).isEqualTo(content.substring(0, content.indexOf(':')));
    }

    @Test
    void theMediaTypeThatIsWantedAnswers() {
        // given
        OperationExamples examples = examples(
                "{'200': {description: d, content: {application/json: {example: 1}, text/plain: {example: one}}}}");

        // then
        assertThat(body(examples.answer(MediaType.parse("text/plain")))).isEqualTo("one");
        assertThat(body(examples.answer(MediaType.parse("application/json")))).isEqualTo("1");
        assertThat(body(examples.answer(MediaType.parse("image/png")))).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "'*/*', text/plain",
        "'text/*', text/plain",
        "'application/*', application/json",
        "'image/*', image/octet-stream"
    })
    void aRangeIsAnsweredInAType(String range, String type) {
        // when
        ExampleAnswer answer = examples("{'200': {description: d, content: {'" + range + "': {example: x}}}}")
                .answer(Optional.empty());

        // then
        assertThat(answer.mediaType().orElseThrow().essence()).isEqualTo(type);
    }

    @Test
    void anAnswerWithoutContentHasNoBody() {
        // when
        ExampleAnswer answer = examples("{'204': {description: d}}").answer(Optional.empty());

        // then
        assertThat(answer.mediaType()).isEmpty();
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void anExampleThatDepartsFromItsSchemaIsKnown() {
        // given
        OperationExamples examples = examples(
                "{'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {}}}}}");

        // then
        assertThat(examples.violations()).extracting(Violation::keyword).containsExactly("required");
        assertThat(examples.answer(Optional.empty()).violations()).hasSize(1);
    }
}

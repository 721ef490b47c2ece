package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Headers, texts and media types of answers. */
class ResponseContractTest {
    private static final Optional<MediaType> JSON = MediaType.parse("application/json");

    private static OperationResponses responses(String responses) {
        return Contracts.of("paths: {/a: {get: {responses: {" + responses + "}}}}\n"
                        + "components: {headers: {Left: {required: true, schema: {type: integer, minimum: 0}}}}")
                .responses();
    }

    private static String outcome(List<Violation> violations) {
        return violations.isEmpty()
                ? "ok"
                : violations.getFirst().pointer() + " " + violations.getFirst().keyword();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | 1,2 | a | ok",
                "x | 1,2 | a | Left header",
                "-1 | 1,2 | a | Left header",
                "  | 1,2 | a | Left header",
                "5 | 1,x | a | X-Ids header",
                "5 |     | a | ok",
                "5 | 1   | c | X-Kind header",
            })
    void headersAreHeldToTheirSchemas(String left, String ids, String kind, String expected) {
        // given
        OperationResponses responses = responses("""
                '200': {description: d, headers: {Left: {$ref: '#/components/headers/Left'},
                  X-Ids: {schema: {type: array, items: {type: integer}}},
                  X-Kind: {schema: {enum: [a, b]}}, Content-Type: {required: true, schema: {type: integer}}}}
                """);
        Map<String, String> headers = new HashMap<>(Map.of("x-kind", kind));
        if (left != null) {
            headers.put("left", left);
        }
        if (ids != null) {
            headers.put("x-ids", ids);
        }

        // then
        assertThat(outcome(responses.validate(200, Optional.empty(), null, headers)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: string, enum: [a, b]} | text/plain; charset=utf-8 | a    | ok",
                "{type: string, enum: [a, b]} | text/plain; charset=utf-8 | c    | ' enum'",
                "{type: string, enum: [a, b]} | text/plain                | 5    | ' enum'",
                "{type: integer}              | text/plain                | 12   | ok",
                "{type: integer}              | text/plain                | 12.5 | ' type'",
                "{type: integer}              | text/plain; charset=utf-8 | x    | ' type'",
            })
    void aTextIsHeldToItsSchemaWhichMayMeanANumber(String schema, String type, String text, String expected) {
        // given
        OperationResponses responses =
                responses("'200': {description: d, content: {text/plain: {schema: " + schema + "}}}");

        // then
        assertThat(outcome(responses.validate(
                        200, MediaType.parse(type), JsonNodeFactory.instance.stringNode(text), Map.of())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {} | ok",
                "application/json | [] | ' type'",
                "application/vnd.a+json | [] | ok",
                "application/vnd.a+json | {} | ' type'",
                "application/xml | | ok",
                "text/plain | | ' mediaType'",
            })
    void theClosestMediaTypeHoldsWhereverItStands(String type, String body, String expected) {
        // given
        OperationResponses responses = responses("""
                '200': {description: d, content: {application/*: {schema: {type: array}},
                                                  application/json: {schema: {type: object}}}}
                """);
        JsonNode tree = body == null ? null : JsonMapper.shared().readTree(body);

        // then
        assertThat(outcome(responses.validate(200, MediaType.parse(type), tree, Map.of())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "200, application/json, application/json",
        "200, application/xml, application/json",
        "201, application/json, application/json",
        "202, application/json, text/plain; charset=utf-8",
        "404, application/json, application/problem+json",
        "418, application/json, none",
        "204, application/json, application/json",
    })
    void anAnswerThatNamesNoMediaTypeGetsOneOfItsStatus(int status, String negotiated, String expected) {
        // given
        OperationResponses responses = responses("""
                '200': {description: d, content: {application/json: {}}},
                2XX: {description: d, content: {application/json: {}, text/csv: {}}},
                '202': {description: d, content: {text/plain; charset=utf-8: {}}},
                '204': {description: d},
                '404': {description: d, content: {application/problem+json: {}}}
                """);

        // then
        assertThat(responses
                        .mediaType(status, MediaType.parse(negotiated))
                        .map(MediaType::text)
                        .orElse("none"))
                .isEqualTo(expected);
    }

    @Test
    void withoutADeclaredSuccessTheDefaultIsOffered() {
        // then
        assertThat(responses("default: {description: d, content: {text/csv: {}}}, '404': {description: d}")
                        .successTypes())
                .extracting(MediaType::text)
                .containsExactly("text/csv");
        assertThat(responses("'200': {description: d}, default: {description: d, content: {text/csv: {}}}")
                        .successTypes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void whatNeverHasABodyHasNone(int status) {
        // given
        OperationResponses responses = responses("'" + status + "': {description: d, content: {application/json: {}}}");

        // then
        assertThat(outcome(responses.validate(status, Optional.empty(), null, Map.of())))
                .isEqualTo("ok");
        assertThat(outcome(responses.validate(status, JSON, null, Map.of()))).isEqualTo(" mediaType");
    }

    @ParameterizedTest
    @CsvSource({
        "200, application/json, no body is declared",
        "200, text/plain, no body is declared",
        "200, application/problem+json, no body is declared",
        "200, , ok",
        "302, text/html, no body is declared",
        "302, , ok",
        "201, application/json, no body is declared",
        "404, application/json, ok",
        "404, application/problem+json, ok",
        "404, , ok",
        "503, application/json, ok",
    })
    void aBodyThatNobodyDeclaredIsNoPartOfASuccess(int status, String type, String expected) {
        // given
        OperationResponses responses = responses("'200': {description: d}, '302': {description: d, content: {}},"
                + " '404': {description: d}, default: {description: d}");

        // when
        List<Violation> violations =
                responses.validate(status, Optional.ofNullable(type).flatMap(MediaType::parse), null, Map.of());

        // then
        assertThat(violations.isEmpty() ? "ok" : violations.getFirst().message())
                .isEqualTo(expected);
    }

    @Test
    void aBodyThatNobodyDeclaredIsNotSentInAnswerToHead() {
        // given
        OperationResponses responses = Contracts.of("paths: {/a: {head: {responses: {'200': {description: d}}}}}")
                .responses();

        // then
        assertThat(responses.validate(200, JSON, null, Map.of())).isEmpty();
    }

    @Test
    void theBodyOfHeadIsNotMissed() {
        // given
        OperationResponses responses = Contracts.of(
                        "paths: {/a: {head: {responses: {'200': {description: d, content: {application/json: {}}}}}}}")
                .responses();

        // then
        assertThat(responses.validate(200, Optional.empty(), null, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "418, application/json, ' status'",
        "418, text/plain, ' status'",
        "418, application/problem+json, ok",
        "418, , ok",
        "299, , ' status'",
        "399, application/problem+json, ' status'",
    })
    void onlyAProblemNeedsNoDeclaration(int status, String type, String expected) {
        // given
        OperationResponses responses = responses("'200': {description: d}");

        // then
        assertThat(outcome(responses.validate(
                        status, Optional.ofNullable(type).flatMap(MediaType::parse), null, Map.of())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text/plain | text/plain",
                "text/plain;charset=utf-8 | text/plain; charset=utf-8",
                "a/b; x=\"c d\"; y=1 | a/b; x=\"c d\"; y=1",
                "a/b; x=\"q\\\"\\\\\" | a/b; x=\"q\\\"\\\\\"",
            })
    void aMediaTypeIsWrittenAsItWasRead(String text, String written) {
        // then
        assertThat(MediaType.parse(text).orElseThrow().text()).isEqualTo(written);
    }
}

package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OperationResponsesTest {
    private final OperationResponses responses = Contracts.of("""
                    paths:
                      /a:
                        get:
                          responses:
                            '200':
                              description: d
                              content:
                                application/json: {schema: {type: object, required: [id]}}
                                text/plain: {}
                            '201': {description: d, headers: {Location: {required: true, schema: {type: string}}}}
                            '204': {description: d}
                            4XX: {description: d, content: {application/json: {schema: {type: array}}}}
                            '404': {description: d, content: {application/json: {schema: {type: string}}}}
                    """).responses();

    private String validate(int status, @Nullable String type, @Nullable String body, Map<String, String> headers) {
        JsonNode tree = body == null ? null : JsonMapper.shared().readTree(body);
        List<Violation> violations =
                responses.validate(status, Optional.ofNullable(type).flatMap(MediaType::parse), tree, headers);
        return violations.isEmpty() ? "ok" : violations.getFirst().keyword();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | application/json | {\"id\":1} | ok",
                "200 | application/json | {} | required",
                "200 | application/json | [] | type",
                "200 | text/plain | | ok",
                "200 | image/png | | mediaType",
                "200 | application/problem+json | {} | ok",
                "200 | | | mediaType",
                "202 | application/json | {} | status",
                "302 | | | status",
                "204 | | | ok",
                "404 | application/json | \"gone\" | ok",
                "404 | application/json | [] | type",
                "409 | application/json | [] | ok",
                "409 | application/json | {} | type",
                "409 | application/problem+json | {} | ok",
                "500 | application/problem+json | {} | ok",
                "503 | text/plain | | status",
                "503 | | | ok",
                "204 | application/json | {} | mediaType",
            })
    void anAnswerIsHeldToItsDeclaration(int status, String type, String body, String outcome) {
        // then
        assertThat(validate(status, type, body, Map.of())).isEqualTo(outcome);
    }

    @Test
    void aRequiredHeaderHasToBeThere() {
        // then
        assertThat(validate(201, null, null, Map.of())).isEqualTo("header");
        assertThat(validate(201, null, null, Map.of("location", "/a"))).isEqualTo("ok");
    }

    @Test
    void defaultStandsForEveryOtherStatus() {
        // given
        OperationResponses withDefault = Contracts.of("""
                        paths: {/a: {get: {responses: {default: {description: d, content: {application/json: {schema: {type: object}}}}}}}}
                        """).responses();

        // then
        assertThat(withDefault.validate(
                        299,
                        MediaType.parse("application/json"),
                        JsonMapper.shared().readTree("[]"),
                        Map.of()))
                .extracting(Violation::keyword)
                .containsExactly("type");
    }

    @Test
    void theTypesOfSuccessAreOffered() {
        // then
        assertThat(responses.successTypes())
                .extracting(MediaType::essence)
                .containsExactly("application/json", "text/plain");
    }
}

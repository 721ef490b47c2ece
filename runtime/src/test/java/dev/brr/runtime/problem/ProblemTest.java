package dev.brr.runtime.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exact bodies that clients rely on. */
class ProblemTest {

    private static String json(Problem problem) {
        return new String(problem.json(), StandardCharsets.UTF_8);
    }

    @Test
    void unauthorizedHasFourMembers() {
        // then
        assertThat(json(Problem.unauthorized()))
                .isEqualTo("{\"detail\":\"Missing or invalid credentials\",\"status\":401,"
                        + "\"title\":\"Unauthorized\",\"type\":\"about:blank\"}");
    }

    @Test
    void notFoundRepeatsItsDetailAsErrorAndMessage() {
        // then
        assertThat(json(Problem.notFound()))
                .isEqualTo("{\"detail\":\"Not Found\",\"error\":\"Not Found\",\"message\":\"Not Found\",\"status\":404,"
                        + "\"title\":\"Not Found\",\"type\":\"https://brr.dev/problems/not-found\"}");
    }

    @Test
    void parametersAtFaultAreFieldsAndErrors() {
        // given
        Problem problem = Problem.parameters(
                List.of(new Violation("query", "limit", "", "type", "string found, integer expected")));

        // then
        String text = "One or more request parameters are missing or invalid";
        assertThat(json(problem))
                .isEqualTo("{\"detail\":\"" + text + "\",\"error\":\"" + text + "\","
                        + "\"errors\":[{\"in\":\"query\",\"keyword\":\"type\","
                        + "\"message\":\"string found, integer expected\",\"name\":\"limit\",\"pointer\":\"\"}],"
                        + "\"fields\":[{\"error\":\"expected_integer\",\"in\":\"query\",\"name\":\"limit\"}],"
                        + "\"message\":\"" + text + "\",\"reason\":\"parameter_validation_failed\",\"status\":400,"
                        + "\"title\":\"Bad Request\","
                        + "\"type\":\"https://brr.dev/problems/parameter-validation-failed\"}");
    }

    @Test
    void aBodyAtFaultSaysWhere() {
        // given
        Problem problem = Problem.body(List.of(Violation.ofBody("/name", "minLength", "is too short")));

        // then
        assertThat(json(problem))
                .isEqualTo("{\"detail\":\"Request validation failed\",\"error\":\"Request validation failed\","
                        + "\"errors\":[{\"in\":\"body\",\"keyword\":\"minLength\",\"message\":\"is too short\","
                        + "\"pointer\":\"/name\"}],\"message\":\"Request validation failed\",\"status\":400,"
                        + "\"title\":\"Request validation failed\",\"type\":\"https://brr.dev/problems/bad-request\"}");
    }

    @Test
    void aMissingBodyIsCalledRequired() {
        // then
        assertThat(json(Problem.bodyRequired()))
                .isEqualTo("{\"detail\":\"Request body required\",\"error\":\"Request body required\","
                        + "\"message\":\"Request body required\",\"status\":400,\"title\":\"Request body required\","
                        + "\"type\":\"https://brr.dev/problems/bad-request\"}");
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(Problem.custom(409, "Conflict", "taken"), 409, "about:blank", "taken", ""),
                Arguments.of(Problem.forbidden("no"), 403, "about:blank", "no", ""),
                Arguments.of(Problem.crossOrigin("no"), 403, "https://brr.dev/problems/forbidden", "no", ""),
                Arguments.of(
                        Problem.methodNotAllowed("GET"),
                        405,
                        "https://brr.dev/problems/method-not-allowed",
                        "The path takes GET",
                        ""),
                Arguments.of(
                        Problem.notAcceptable("text/plain"),
                        406,
                        "https://brr.dev/problems/not-acceptable",
                        "The operation answers in text/plain",
                        ""),
                Arguments.of(
                        Problem.bodyTooLarge(10),
                        413,
                        "https://brr.dev/problems/payload-too-large",
                        "The request body is larger than 10 bytes",
                        "request_body_too_large"),
                Arguments.of(
                        Problem.targetTooLong(8192),
                        414,
                        "https://brr.dev/problems/uri-too-long",
                        "The request target is longer than 8192 octets",
                        ""),
                Arguments.of(
                        Problem.unsupportedMediaType("text/plain", "application/json"),
                        415,
                        "https://brr.dev/problems/bad-request",
                        "Content-Type 'text/plain' not declared by this operation; accepted: application/json",
                        ""),
                Arguments.of(
                        Problem.unsupportedMediaType("", "application/json"),
                        415,
                        "https://brr.dev/problems/bad-request",
                        "The request has no Content-Type; accepted: application/json",
                        ""),
                Arguments.of(
                        Problem.responseInvalid(),
                        500,
                        "https://brr.dev/problems/internal-server-error",
                        "Response validation failed",
                        ""),
                Arguments.of(
                        Problem.body(List.of(Violation.ofBody("", "multipart_missing_boundary", "none"))),
                        400,
                        "https://brr.dev/problems/bad-request",
                        "Request validation failed",
                        "multipart_missing_boundary"),
                Arguments.of(
                        Problem.malformedTarget(),
                        400,
                        "https://brr.dev/problems/bad-request",
                        "The request target is not well encoded",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemHasItsStatusTypeAndDetail(Problem problem, int status, String type, String detail, String reason) {
        // when
        JsonNode json = JsonMapper.shared().readTree(problem.json());

        // then
        assertThat(json.path("status").intValue()).isEqualTo(status).isEqualTo(problem.status());
        assertThat(json.path("type").stringValue()).isEqualTo(type);
        assertThat(json.path("detail").stringValue()).isEqualTo(detail);
        assertThat(json.path("reason").asString("")).isEqualTo(reason);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theMembersAreInAlphabeticalOrder(Problem problem) {
        // when
        List<String> names =
                new ArrayList<>(JsonMapper.shared().readTree(problem.json()).propertyNames());

        // then
        assertThat(names).isSorted();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type | string found, integer expected | expected_integer",
                "type | string found, number expected | expected_number",
                "type | string found, boolean expected | expected_boolean",
                "type | string found, [integer, null] expected | type",
                "type | array found, object expected | type",
                "required | is missing | required",
                "value_too_large | is longer | value_too_large",
                "maximum | must have a maximum value of 100 | maximum",
            })
    void aFieldsErrorIsAWordForPrograms(String keyword, String message, String error) {
        // then
        assertThat(FieldError.of(new Violation("query", "p", "", keyword, message)))
                .isEqualTo(error);
    }
}

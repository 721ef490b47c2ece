package dev.brr.runtime.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.Violation;
import dev.brr.runtime.ratelimit.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The members that each kind of problem has, and that no text breaks out of its own. */
class ProblemKindsTest {
    private static final Set<String> PLAIN = Set.of("detail", "status", "title", "type");
    private static final Set<String> TYPED = Set.of("detail", "error", "message", "status", "title", "type");
    private static final Violation OF_BODY = Violation.ofBody("/a/0", "type", "string found, integer expected");
    private static final Violation OF_QUERY = new Violation("query", "q", "/0", "type", "string, integer expected");

    private static JsonNode json(Problem problem) {
        return JsonMapper.shared().readTree(problem.json());
    }

    private static Set<String> with(Set<String> members, String... more) {
        return Stream.concat(members.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(Problem.unauthorized(), 401, "Unauthorized", PLAIN),
                Arguments.of(Problem.forbidden("no"), 403, "Forbidden", PLAIN),
                Arguments.of(Problem.custom(418, "Teapot", "short"), 418, "Teapot", PLAIN),
                Arguments.of(Problem.notFound(), 404, "Not Found", TYPED),
                Arguments.of(Problem.methodNotAllowed("GET"), 405, "Method Not Allowed", TYPED),
                Arguments.of(Problem.notAcceptable("text/csv"), 406, "Not Acceptable", TYPED),
                Arguments.of(Problem.malformedTarget(), 400, "Bad Request", TYPED),
                Arguments.of(Problem.badRequest("why"), 400, "Bad Request", TYPED),
                Arguments.of(Problem.bodyRequired(), 400, "Request body required", TYPED),
                Arguments.of(Problem.bodyTooLarge(1), 413, "Payload Too Large", with(TYPED, "reason")),
                Arguments.of(Problem.targetTooLong(1), 414, "URI Too Long", TYPED),
                Arguments.of(Problem.unsupportedMediaType("a/b", "c/d"), 415, "Unsupported Media Type", TYPED),
                Arguments.of(Problem.tooManyRequests(new RateLimit(3, 60, 9)), 429, "Too Many Requests", TYPED),
                Arguments.of(Problem.unavailable("later"), 503, "Service Unavailable", TYPED),
                Arguments.of(Problem.internal(), 500, "Internal Server Error", TYPED),
                Arguments.of(Problem.responseInvalid(), 500, "Response validation failed", TYPED),
                Arguments.of(
                        Problem.parameters(List.of(OF_QUERY)),
                        400,
                        "Bad Request",
                        with(TYPED, "reason", "fields", "errors")),
                Arguments.of(Problem.body(List.of(OF_BODY)), 400, "Request validation failed", with(TYPED, "errors")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKindHasItsMembersAndNoOthers(Problem problem, int status, String title, Set<String> members) {
        // when
        JsonNode json = json(problem);

        // then
        assertThat(json.path("status").intValue()).isEqualTo(status);
        assertThat(json.path("title").stringValue()).isEqualTo(title);
        assertThat(new ArrayList<>(json.propertyNames()))
                .containsExactlyElementsOf(members.stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsRepeatedIsTheSame(Problem problem) {
        // when
        JsonNode json = json(problem);

        // then
        assertThat(json.path("error").asString(problem.detail())).isEqualTo(problem.detail());
        assertThat(json.path("message").asString(problem.detail())).isEqualTo(problem.detail());
        assertThat(json.path("detail").stringValue()).isNotBlank();
    }

    @Test
    void aLimitIsToldWithoutItsBurst() {
        // then
        assertThat(Problem.tooManyRequests(new RateLimit(3, 60, 9)).detail())
                .isEqualTo("A client may call this operation 3 times in 60 seconds");
    }

    @Property
    void anyTextStaysInsideItsMember(
            @ForAll @IntRange(min = 400, max = 599) int status, @ForAll String title, @ForAll String detail) {
        // given: a lone surrogate has no encoding in UTF-8
        String plainTitle = title.replaceAll("[\\ud800-\\udfff]", "");
        String plainDetail = detail.replaceAll("[\\ud800-\\udfff]", "");

        // when
        JsonNode json = json(Problem.custom(status, plainTitle, plainDetail));

        // then
        assertThat(json.path("status").intValue()).isEqualTo(status);
        assertThat(json.path("title").stringValue()).isEqualTo(plainTitle);
        assertThat(json.path("detail").stringValue()).isEqualTo(plainDetail);
        assertThat(json.size()).isEqualTo(4);
    }

    @Test
    void everyViolationIsToldInOrder() {
        // given
        Problem problem = Problem.parameters(List.of(
                OF_QUERY,
                new Violation("path", "id", "", "required", "is missing"),
                new Violation("header", "X-A", "", "pattern", "does not match")));

        // when
        JsonNode json = json(problem);

        // then
        assertThat(json.path("fields"))
                .extracting(field -> field.path("name").stringValue() + " "
                        + field.path("error").stringValue())
                .containsExactly("q expected_integer", "id required", "X-A pattern");
        assertThat(json.path("errors"))
                .extracting(error -> error.path("in").stringValue()
                        + " " + error.path("pointer").stringValue()
                        + " " + error.path("keyword").stringValue())
                .containsExactly("query /0 type", "path  required", "header  pattern");
    }

    @Test
    void aViolationOfTheBodyHasNoName() {
        // then
        assertThat(json(Problem.body(List.of(OF_BODY))).path("errors").path(0).has("name"))
                .isFalse();
    }

    @Test
    void aMissingBoundaryIsTheReasonWhereverItStands() {
        // given
        Violation boundary = Violation.ofBody("", "multipart_missing_boundary", "has none");

        // then
        assertThat(json(Problem.body(List.of(OF_BODY, boundary))).path("reason").asString("none"))
                .isEqualTo("multipart_missing_boundary");
        assertThat(json(Problem.body(List.of(OF_BODY))).path("reason").asString("none"))
                .isEqualTo("none");
    }
}

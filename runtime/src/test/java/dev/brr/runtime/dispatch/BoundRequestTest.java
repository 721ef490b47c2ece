package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.contract.FormPart;
import dev.brr.runtime.contract.MediaType;
import dev.brr.runtime.contract.OperationParameters.ParameterValue;
import dev.brr.runtime.contract.ReceivedBody;
import dev.brr.runtime.document.Parameter.Location;
import dev.brr.runtime.handler.Part;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.spool.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoundRequestTest {

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Request request(ReceivedBody body, ParameterValue... parameters) {
        return new BoundRequest(
                "op", "id", "POST", List.of(parameters), body, List.of(), Optional.empty(), _ -> List.of());
    }

    private static Request withJson(String text) {
        return request(new ReceivedBody(text.getBytes(StandardCharsets.UTF_8), Optional.of(json(text)), List.of()));
    }

    @Test
    void parametersOfOneNameInTwoPlacesAreTwo() {
        // given
        Request request = request(
                ReceivedBody.NONE,
                new ParameterValue(Location.PATH, "id", json("1")),
                new ParameterValue(Location.QUERY, "id", json("2")),
                new ParameterValue(Location.HEADER, "ID", json("3")),
                new ParameterValue(Location.COOKIE, "id", json("4")));

        // then
        assertThat(request.path("id").asInt()).hasValue(1);
        assertThat(request.query("id").asInt()).hasValue(2);
        assertThat(request.header("Id").asInt()).hasValue(3);
        assertThat(request.cookie("id").asInt()).hasValue(4);
    }

    @Test
    void aPathParameterThatIsNotDeclaredIsAMistakeOfTheHandler() {
        // given
        Request request = request(ReceivedBody.NONE, new ParameterValue(Location.PATH, "id", json("1")));

        // then
        assertThatThrownBy(() -> request.path("ID"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the document declares no path parameter ID for op");
        assertThat(request.query("ID").isPresent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":[1,2.5,null,true,\"x\"]} | {a=[1, 2.5, null, true, x]}",
                "[1,{\"b\":{}}] | [1, {b={}}]",
                "\"text\" | text",
                "12345678901 | 12345678901",
                "false | false",
            })
    void aBodyIsMadeOfPlainValues(String text, String plain) {
        // then
        assertThat(withJson(text).body().map(Object::toString)).contains(plain);
    }

    /** The tree that it is read from is an {@code Object} and an {@code Iterable} as well. */
    @Test
    void whoAsksForNoClassOfTheirOwnGetsPlainValuesToo() {
        // given
        Request request = request(ReceivedBody.NONE, new ParameterValue(Location.QUERY, "filter", json("{\"a\":[1]}")));

        // then
        assertThat(withJson("{\"a\":[1]}").body(Object.class)).isEqualTo(Map.of("a", List.of(1)));
        assertThat(withJson("[1,2]").body(Iterable.class)).isEqualTo(List.of(1, 2));
        assertThat(request.query("filter").as(Object.class)).contains(Map.of("a", List.of(1)));
    }

    @Test
    void aBodyThatIsNoObjectIsAnEmptyMap() {
        // then
        assertThat(withJson("[1]").bodyMap()).isEmpty();
        assertThat(request(ReceivedBody.NONE).bodyMap()).isEmpty();
        assertThat(withJson("{\"a\":null,\"b\":1}").bodyMap()).containsKey("a").containsEntry("b", 1);
    }

    record Owner(String name) {}

    record Pet(String name, @Nullable Integer age, List<String> tags, Optional<Owner> owner) {}

    @Test
    void aBodyIsMappedToARecordByNames() {
        // when
        Pet pet = withJson("{\"name\":\"Max\",\"tags\":[\"a\"],\"owner\":{\"name\":\"Ada\"},\"more\":1}")
                .body(Pet.class);

        // then
        assertThat(pet).isEqualTo(new Pet("Max", null, List.of("a"), Optional.of(new Owner("Ada"))));
    }

    @Test
    void aBodyThatDoesNotFitIsAMistakeOfTheHandler() {
        // then: the value may be secret, and is in no message that follows
        assertThatThrownBy(() ->
                        withJson("{\"name\":\"Max\",\"tags\":\"hunter2\"}").body(Pet.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not fit " + Pet.class.getName() + " at tags")
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void aBodyThatIsNotThereIsAProblemOfTheClient() {
        // then
        assertThatThrownBy(() -> request(ReceivedBody.NONE).body(Pet.class))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.title()).isEqualTo("Request body required"));
    }

    @Test
    void partsAreGivenWithTheirNamesAndTypes() {
        // given
        byte[] bytes = {1, 2, 3};
        FormPart part = new FormPart(
                "file", Optional.of("a.png"), MediaType.parse("image/png; x=y").orElseThrow(), new Content.Held(bytes));

        // when
        List<Part> parts = request(new ReceivedBody(bytes, Optional.empty(), List.of(part)))
                .parts();

        // then
        assertThat(parts).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("file");
            assertThat(one.fileName()).contains("a.png");
            assertThat(one.mediaType()).isEqualTo("image/png");
            assertThat(one.bytes()).isEqualTo(bytes);
            assertThat(one.size()).isEqualTo(3);
            assertThat(one.open()).hasBinaryContent(bytes);
        });
    }

    @Test
    void withoutABodyThereIsNothing() {
        // given
        Request request = request(ReceivedBody.NONE);

        // then
        assertThat(request.body()).isEmpty();
        assertThat(request.bodyBytes()).isEmpty();
        assertThat(request.parts()).isEmpty();
        assertThat(Map.of("operation", request.operationId(), "id", request.requestId(), "method", request.method()))
                .isEqualTo(Map.of("operation", "op", "id", "id", "method", "POST"));
    }

    private static Request with(Map<String, List<String>> headers) {
        return new BoundRequest(
                "op",
                "id",
                "GET",
                List.of(),
                ReceivedBody.NONE,
                List.of(),
                MediaType.parse("text/plain; charset=utf-8"),
                name -> headers.getOrDefault(name, List.of()));
    }

    @Test
    void theStateOfATraceIsPassedOnWithTheTrace() {
        // given
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        List<String> states = List.of("a=1", "b=2,c=3");

        // then
        assertThat(with(Map.of("traceparent", List.of(parent), "tracestate", states))
                        .traceState())
                .contains("a=1,b=2,c=3");
        assertThat(with(Map.of("tracestate", states)).traceState()).isEmpty();
        assertThat(with(Map.of("traceparent", List.of("junk"), "tracestate", states))
                        .traceState())
                .isEmpty();
        assertThat(with(Map.of("traceparent", List.of(parent))).traceState()).isEmpty();
    }

    @Test
    void theMediaTypeOfTheAnswerIsAsTheDocumentHasIt() {
        // then
        assertThat(with(Map.of()).responseMediaType()).contains("text/plain; charset=utf-8");
    }

    @Test
    void aBodyOfNullFitsNoClass() {
        // then
        assertThatThrownBy(() -> withJson("null").body(String.class))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("null");
    }
}

package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.OperationParameters.Outcome;
import dev.brr.runtime.document.References;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where a schema allows several types, text is what holds of all that it may mean. */
class OtherReadingsTest {
    private static final String ALL = "{oneOf: [{type: string, enum: [all]}, {type: array, items: {type: integer}}]}";
    private static final String DIGITS =
            "{anyOf: [{type: integer, maximum: 10}, {type: string, pattern: '^[0-9]{2}$'}]}";
    private static final String FORM = "application/x-www-form-urlencoded";

    private static String schema(String name) {
        return switch (name) {
            case "ALL" -> ALL;
            case "DIGITS" -> DIGITS;
            case "LIST" -> "{type: array, maxItems: 3, items: " + DIGITS + "}";
            case "TUPLE" -> "{type: array, prefixItems: [" + DIGITS + ", {type: integer}], items: false}";
            case "OBJECT" -> "{type: object, properties: {d: " + DIGITS + ", a: " + ALL + "}}";
            case "NULL" -> "{type: [string, 'null'], enum: [a, null]}";
            case "FLAG" -> "{anyOf: [{type: boolean}, {type: string, enum: [maybe, 'true!']}]}";
            case "WORD" -> "{anyOf: [{const: true}, {type: string, minLength: 5}]}";
            case "DEPTH" -> "{anyOf: [{type: string, enum: [all]}, {type: array, items: " + DIGITS + "}]}";
            case "THING" -> "{oneOf: [{type: string, enum: [none]}, {type: object, properties: {R: {type: integer}}}]}";
            default -> name;
        };
    }

    private static String read(String parameter, FakeRequest request) {
        Outcome outcome = Contracts.ofParameter(parameter).parameters().read(request);
        return outcome.violations().isEmpty() ? Shown.parameters(outcome) : "refused";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ALL | color=all | \"all\"",
                "ALL | color=5 | [5]",
                "ALL | color=1&color=2 | [1,2]",
                "ALL | color=none | refused",
                "ALL | color=all&color=all | refused",
                "DIGITS | color=7 | 7",
                "DIGITS | color=50 | \"50\"",
                "DIGITS | color=050 | refused",
                "DIGITS | color=500 | refused",
                "LIST | color=7&color=50 | [7,\"50\"]",
                "LIST | color=50&color=7&color=51 | [\"50\",7,\"51\"]",
                "LIST | color=50 | [\"50\"]",
                "LIST | color=1&color=2&color=3&color=4 | refused",
                "TUPLE | color=50&color=50 | [\"50\",50]",
                "TUPLE | color=5&color=x | refused",
                "TUPLE | color=5&color=5&color=5 | refused",
                "NULL | color=null | null",
                "NULL | color=a | \"a\"",
                "NULL | color=b | refused",
                "FLAG | color=true | true",
                "FLAG | color=maybe | \"maybe\"",
                "FLAG | color=no | refused",
                "WORD | color=true | true",
                "WORD | color=false | \"false\"",
                "DEPTH | color=all | \"all\"",
                "DEPTH | color=50&color=5 | [\"50\",5]",
                "DEPTH | color=50 | [\"50\"]",
                "DEPTH | color=some | refused",
                "THING | R=5 | {\"R\":5}",
                "THING | R=x | refused",
                "THING | color=none | \"none\"",
                "THING | color=some | refused",
                "OBJECT | d=50&a=all | {\"d\":\"50\",\"a\":\"all\"}",
                "OBJECT | d=5&a=1&a=2 | {\"d\":5,\"a\":[1,2]}",
                "OBJECT | d=500&a=1 | refused",
            })
    void inAQuery(String schema, String query, String expected) {
        // then
        assertThat(read(
                        "name: color, in: query, schema: " + schema(schema),
                        FakeRequest.empty().withQuery(query)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "query | form | false | ALL | color=all | \"all\"",
                "query | form | false | ALL | color=1%2C2 | [1,2]",
                "query | form | false | LIST | color=50,7 | [\"50\",7]",
                "query | form | false | THING | color=none | \"none\"",
                "query | form | false | THING | color=R,5 | {\"R\":5}",
                "query | pipeDelimited | false | ALL | color=all | \"all\"",
                "query | deepObject | true | OBJECT | color[d]=50&color[a]=all | {\"d\":\"50\",\"a\":\"all\"}",
                "query | deepObject | true | OBJECT | color[a][]=1&color[a][]=2 | {\"a\":[1,2]}",
                "path | simple | false | ALL | all | \"all\"",
                "path | simple | false | ALL | 1,2 | [1,2]",
                "path | simple | false | LIST | 50,7 | [\"50\",7]",
                "path | simple | true | OBJECT | d=50,a=all | {\"d\":\"50\",\"a\":\"all\"}",
                "path | label | false | ALL | .all | \"all\"",
                "path | label | true | ALL | .1.2 | [1,2]",
                "path | matrix | false | ALL | ;color=all | \"all\"",
                "path | matrix | true | ALL | ;color=1;color=2 | [1,2]",
                "header | simple | false | ALL | all | \"all\"",
                "header | simple | false | DIGITS | 50 | \"50\"",
                "cookie | form | true | ALL | color=all | \"all\"",
                "cookie | form | true | THING | color=none | \"none\"",
                "cookie | form | true | THING | R=5 | {\"R\":5}",
                "cookie | form | false | DIGITS | color=50 | \"50\"",
            })
    void inEveryStyle(String in, String style, boolean explode, String schema, String raw, String expected) {
        // given
        FakeRequest request = switch (in) {
            case "path" -> FakeRequest.empty().withPath("color", raw);
            case "query" -> FakeRequest.empty().withQuery(raw);
            case "header" -> FakeRequest.empty().withHeader("color", raw);
            default -> FakeRequest.empty().withHeader("cookie", raw);
        };

        // then
        assertThat(read(
                        "name: color, in: %s, style: %s, explode: %s, required: true, schema: %s"
                                .formatted(in, style, explode, schema(schema)),
                        request))
                .isEqualTo(expected);
    }

    private static String body(String mediaType, String schema, String text) {
        MediaType type = MediaType.parse(mediaType).orElseThrow();
        BodyReader reader = Contracts.ofBody(mediaType.split(";")[0], schema)
                .body()
                .orElseThrow()
                .reader(type)
                .orElseThrow();
        BodyReader.Outcome outcome = Bodies.read(reader, text.getBytes(StandardCharsets.UTF_8), type);
        return outcome.violations().isEmpty() ? Shown.body(outcome) : "refused";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "d=50&a=all | {\"d\":\"50\",\"a\":\"all\"}",
                "d=5&a=1&a=2 | {\"d\":5,\"a\":[1,2]}",
                "a=all | {\"a\":\"all\"}",
                "a=1 | {\"a\":[1]}",
                "a=some | refused",
                "d=500&a=all | refused",
            })
    void inAForm(String form, String expected) {
        // given
        StringBuilder parts = new StringBuilder();
        for (String field : form.split("&")) {
            parts.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(field.replace("=", "\"\r\n\r\n"))
                    .append("\r\n");
        }

        // then: both kinds of forms read the same
        assertThat(body(FORM, schema("OBJECT"), form)).isEqualTo(expected);
        assertThat(body("multipart/form-data;boundary=b", schema("OBJECT"), parts + "--b--\r\n"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "50, \"50\"", "500, refused", "x, refused"})
    void inATextAndInTheTextOfAnAnswer(String text, String expected) {
        // given
        OperationResponses responses = Contracts.of(
                        "paths: {/a: {get: {responses: {'200': {description: d, content: {text/plain: {schema: "
                                + DIGITS + "}}}}}}}")
                .responses();

        // when
        List<Violation> ofAnswer = responses.validate(
                200, MediaType.parse("text/plain"), JsonNodeFactory.instance.stringNode(text), Map.of());

        // then
        assertThat(body("text/plain", DIGITS, text)).isEqualTo(expected);
        assertThat(ofAnswer.isEmpty()).isEqualTo(!expected.equals("refused"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALL | color=x&color=y | /0 type, /1 type",
                "DIGITS | color=500 | ' maximum'",
                "LIST | color=5&color=500 | /1 maximum",
                "TUPLE | color=50&color=x | /1 type",
            })
    void whatIsSaidIsWhatWasWrongWithTheFirstReading(String schema, String query, String expected) {
        // when
        List<Violation> violations = Contracts.ofParameter("name: color, in: query, schema: " + schema(schema))
                .parameters()
                .read(FakeRequest.empty().withQuery(query))
                .violations();

        // then
        assertThat(violations)
                .extracting(violation -> violation.pointer() + " " + violation.keyword())
                .contains(expected.split(", "));
    }

    @Test
    void thereAreFewReadingsHoweverManyValuesDoNotHold() {
        // given
        SchemaShape shape = SchemaShape.of(new References(Json.treeIfJson("""
                        {"S": {"type": ["array", "object", "string", "null"],
                         "items": {"type": ["array", "object", "string", "integer", "null"]}}}
                        """).orElseThrow()), "/S");
        List<Violation> wrong = IntStream.range(0, 64)
                .mapToObj(i -> Violation.ofBody("/" + i, "type", "is wrong"))
                .toList();
        AtomicInteger readings = new AtomicInteger();

        // when
        Optional<?> found = OtherReadings.find(shape, wrong, _ -> JsonNodeFactory.instance.arrayNode(), _ -> {
            readings.incrementAndGet();
            return wrong;
        });

        // then
        assertThat(found).isEmpty();
        assertThat(readings.get()).isBetween(2, 8);
    }

    @Test
    void aTextThatHasOneReadingIsNotReadAgain() {
        // when
        Optional<?> found =
                OtherReadings.find(SchemaShape.ANY, List.of(Violation.ofBody("/a/0", "pattern", "is wrong")), _ -> {
                    throw new AssertionError("read again");
                });

        // then
        assertThat(found).isEmpty();
    }

    @Test
    void aReadingThatTheStyleDoesNotHaveIsPassedOver() {
        // given: the list does not hold, the object cannot be read, the text holds
        SchemaShape shape = SchemaShape.of(
                new References(Json.treeIfJson("{\"S\": {\"type\": [\"array\", \"object\", \"string\"]}}")
                        .orElseThrow()),
                "/S");

        // when
        Optional<?> found = OtherReadings.find(
                shape,
                List.of(Violation.ofBody("", "type", "is wrong")),
                other -> {
                    if (other.allows(SchemaShape.ValueType.OBJECT)) {
                        throw new IllegalArgumentException("is no object");
                    }
                    return JsonNodeFactory.instance.stringNode("text");
                },
                _ -> List.of());

        // then
        assertThat(found.map(Object::toString)).contains("\"text\"");
    }
}

package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.OperationParameters.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every style with explode both ways, for a plain value, a list and an object: the table of the OpenAPI specification,
 * section "Style Examples", and what lies at its edges.
 */
class ParameterStyleTest {
    private static final String TEXT = "{type: string}";
    private static final String LIST = "{type: array, items: {type: string}}";
    private static final String NUMBERS = "{type: array, items: {type: integer}}";
    private static final String OBJECT =
            "{type: object, properties: {R: {type: integer}, G: {type: integer}, B: {type: integer}}}";
    private static final String BLUE = "\"blue\"";
    private static final String COLORS = "[\"blue\",\"black\",\"brown\"]";
    private static final String RGB = "{\"R\":100,\"G\":200,\"B\":150}";

    private static String schema(String kind) {
        return switch (kind) {
            case "text" -> TEXT;
            case "list" -> LIST;
            case "numbers" -> NUMBERS;
            case "object" -> OBJECT;
            default -> kind;
        };
    }

    private static String expected(String kind) {
        return switch (kind) {
            case "BLUE" -> BLUE;
            case "COLORS" -> COLORS;
            case "RGB" -> RGB;
            default -> kind;
        };
    }

    private static String read(String in, String style, boolean explode, String kind, FakeRequest request) {
        Outcome outcome = Contracts.ofParameter("name: color, in: %s, style: %s, explode: %s, required: %s, schema: %s"
                        .formatted(in, style, explode, in.equals("path"), schema(kind)))
                .parameters()
                .read(request);
        if (!outcome.violations().isEmpty()) {
            return outcome.violations().getFirst().keyword() + ": "
                    + outcome.violations().getFirst().message();
        }
        return outcome.values().isEmpty()
                ? "absent"
                : outcome.values().getFirst().value().toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "simple | false | text | blue | BLUE",
                "simple | true | text | blue | BLUE",
                "simple | false | list | blue,black,brown | COLORS",
                "simple | true | list | blue,black,brown | COLORS",
                "simple | false | object | R,100,G,200,B,150 | RGB",
                "simple | true | object | R=100,G=200,B=150 | RGB",
                "simple | false | numbers | 3,4,5 | [3,4,5]",
                "simple | false | list | a%2Cb,c | [\"a,b\",\"c\"]",
                "simple | false | text | a%20b%2Fc | \"a b/c\"",
                "simple | false | text | a+b | \"a+b\"",
                "simple | false | text | a,b | \"a,b\"",
                "simple | false | object | R,100,G | style: has to be written as names and values in turn",
                "simple | true | object | R=100,G | style: has to be written as name=value pairs",
                "simple | true | object | x%3Dy=1,R=2 | {\"x=y\":\"1\",\"R\":2}",
                "label | false | text | .blue | BLUE",
                "label | true | text | .blue | BLUE",
                "label | false | list | .blue,black,brown | COLORS",
                "label | false | list | .blue.black.brown | COLORS",
                "label | true | list | .blue.black.brown | COLORS",
                "label | false | object | .R,100,G,200,B,150 | RGB",
                "label | false | object | .R.100.G.200.B.150 | RGB",
                "label | true | object | .R=100.G=200.B=150 | RGB",
                "label | false | text | . | \"\"",
                "label | false | list | . | []",
                "label | false | list | .a%2Eb.c | [\"a.b\",\"c\"]",
                "label | false | text | blue | style: has to begin with a dot: .color",
                "matrix | false | text | ;color=blue | BLUE",
                "matrix | true | text | ;color=blue | BLUE",
                "matrix | false | text | ;color | \"\"",
                "matrix | false | list | ;color=blue,black,brown | COLORS",
                "matrix | true | list | ;color=blue;color=black;color=brown | COLORS",
                "matrix | false | object | ;color=R,100,G,200,B,150 | RGB",
                "matrix | true | object | ;R=100;G=200;B=150 | RGB",
                "matrix | false | numbers | ;color=1,2,3 | [1,2,3]",
                "matrix | true | list | ;color=a%3Bb | [\"a;b\"]",
                "matrix | false | text | ;colour=blue | style: has to be written as ;color=",
                "matrix | false | text | blue | style: has to begin with a semicolon: ;color=",
                "matrix | true | text | ;color=a;color=b | style: takes one value and is given 2",
            })
    void inAPath(String style, boolean explode, String kind, String raw, String value) {
        // given
        FakeRequest request = FakeRequest.empty().withPath("color", raw);

        // then
        assertThat(read("path", style, explode, kind, request)).isEqualTo(expected(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form | false | text | color=blue | BLUE",
                "form | true | text | color=blue | BLUE",
                "form | false | text | color= | \"\"",
                "form | true | text | color | \"\"",
                "form | false | list | color=blue,black,brown | COLORS",
                "form | true | list | color=blue&color=black&color=brown | COLORS",
                "form | false | object | color=R,100,G,200,B,150 | RGB",
                "form | true | object | R=100&G=200&B=150 | RGB",
                "form | true | list | color=a%26b&x=1&color=c | [\"a&b\",\"c\"]",
                "form | true | list | color=a,b | [\"a,b\"]",
                "form | false | list | color=a%2Cb,c | [\"a,b\",\"c\"]",
                "form | false | list | color=a&color=b,c | [\"a\",\"b\",\"c\"]",
                "form | false | list | color= | []",
                "form | true | list | color= | [\"\"]",
                "form | true | text | color=a+b%2B | \"a b+\"",
                "form | true | text | color=a&color=b | style: takes one value and is given 2",
                "form | true | text | colour=blue | absent",
                "form | true | object | x=1 | absent",
                "form | true | object | R=1&x=2 | {\"R\":1}",
                "form | true | {type: object} | R=1&x=2 | {\"R\":\"1\",\"x\":\"2\"}",
                "form | true | text | color=%zz | style: a percent sign has to be followed by two hexadecimal digits",
                "form | false | object | color=R,1,G | style: has to be written as names and values in turn",
                "spaceDelimited | false | list | color=blue%20black%20brown | COLORS",
                "spaceDelimited | false | list | color=blue+black+brown | COLORS",
                "spaceDelimited | true | list | color=blue&color=black&color=brown | COLORS",
                "spaceDelimited | false | object | color=R%20100%20G%20200%20B%20150 | RGB",
                "spaceDelimited | false | list | color=a%2Bb%20c | [\"a+b\",\"c\"]",
                "pipeDelimited | false | list | color=blue¦black¦brown | COLORS",
                "pipeDelimited | false | list | color=blue%7Cblack%7cbrown | COLORS",
                "pipeDelimited | true | list | color=blue&color=black&color=brown | COLORS",
                "pipeDelimited | false | object | color=R¦100¦G¦200¦B¦150 | RGB",
                "pipeDelimited | false | numbers | color=1¦2 | [1,2]",
                "deepObject | true | object | color[R]=100&color[G]=200&color[B]=150 | RGB",
                "deepObject | true | object | color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150 | RGB",
                "deepObject | true | object | R=100&color=1&color[=2&colors[R]=3 | absent",
                "deepObject | true | {type: object, properties: {t: {type: array, items: {type: integer}}}} | color[t]=1&color[t]=2 | {\"t\":[1,2]}",
                "deepObject | true | object | color[x]=a+b | {\"x\":\"a b\"}",
            })
    void inAQuery(String style, boolean explode, String kind, String raw, String value) {
        // given: the delimiter of this table is a pipe, so it is written with a stand-in
        String query = raw.replace("¦", "|");

        // then
        assertThat(read("query", style, explode, kind, FakeRequest.empty().withQuery(query)))
                .isEqualTo(expected(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "false; text; blue; BLUE",
                "true; text; blue; BLUE",
                "false; list; blue,black,brown; COLORS",
                "true; list; blue, black , brown; COLORS",
                "false; object; R,100,G,200,B,150; RGB",
                "true; object; R=100,G=200,B=150; RGB",
                "false; text; a%20b; \"a%20b\"",
                "false; list; ` `; []",
                "false; numbers; 1, 2; [1,2]",
                "true; object; R; style: has to be written as name=value pairs",
            })
    void inAHeader(boolean explode, String kind, String raw, String value) {
        // given
        FakeRequest request = FakeRequest.empty().withHeader("color", raw.strip());

        // then
        assertThat(read("header", "simple", explode, kind, request)).isEqualTo(expected(value));
    }

    @Test
    void theLinesOfOneHeaderAreOneList() {
        // given
        FakeRequest request = FakeRequest.empty().withHeader("Color", "blue", "black,brown");

        // then
        assertThat(read("header", "simple", false, "list", request)).isEqualTo(COLORS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "false | text | color=blue | BLUE",
                "true | text | x=1; color=blue | BLUE",
                "false | list | color=blue,black,brown | COLORS",
                "true | list | color=blue; color=black; color=brown | COLORS",
                "false | object | color=R,100,G,200,B,150 | RGB",
                "true | text | colour=blue | absent",
                "true | text | color=a%20b | \"a b\"",
                "true | text | color=a; color=b | style: takes one value and is given 2",
            })
    void inACookie(boolean explode, String kind, String raw, String value) {
        // given
        FakeRequest request = FakeRequest.empty().withHeader("Cookie", raw);

        // then
        assertThat(read("cookie", "form", explode, kind, request)).isEqualTo(expected(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "color=%7B%22a%22%3A1%7D | {\"a\":1}",
                "color={\"a\":[1,2]} | {\"a\":[1,2]}",
                "color=[1] | type: array found, object expected",
                "color={ | style: is not valid JSON",
                "color= | style: is not valid JSON",
            })
    void aParameterWithJsonContentIsReadAsJson(String raw, String value) {
        // given
        OperationContract contract =
                Contracts.ofParameter("name: color, in: query, content: {application/json: {schema: {type: object}}}");

        // when
        Outcome outcome = contract.parameters().read(FakeRequest.empty().withQuery(raw));

        // then
        String read = outcome.violations().isEmpty()
                ? outcome.values().getFirst().value().toString()
                : outcome.violations().getFirst().keyword() + ": "
                        + outcome.violations().getFirst().message();
        assertThat(read).isEqualTo(value);
    }

    @Test
    void aFreeFormObjectTakesNoParameterOfAnotherName() {
        // given
        OperationContract contract = Contracts.of("""
                paths:
                  /a:
                    get:
                      parameters:
                        - {name: filter, in: query, schema: {type: object, additionalProperties: {type: string}}}
                        - {name: limit, in: query, schema: {type: integer}}
                      responses: {'200': {description: d}}
                """);

        // when
        Outcome outcome = contract.parameters().read(FakeRequest.empty().withQuery("limit=5&kind=dog&size=big"));

        // then
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.values().getFirst().value().toString()).isEqualTo("{\"kind\":\"dog\",\"size\":\"big\"}");
    }

    /** By the letter an encoded comma is data; where that reading does not hold, it is the delimiter some clients send. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "false | list | a%2Cb | [\"a,b\"]",
                "false | list | a%2Cb,c | [\"a,b\",\"c\"]",
                "false | numbers | 1%2C2%2c3 | [1,2,3]",
                "false | numbers | 1%2Cx | type: string found, integer expected",
                "false | object | R%2C100%2CG%2C200%2CB%2C150 | RGB",
                "false | {type: array, items: {type: string, pattern: '^[a-z]$'}} | a%2Cb | [\"a\",\"b\"]",
                "true | numbers | 1%2C2 | type: string found, integer expected",
                "false | text | a%2Cb | \"a,b\""
            })
    void encodedCommasAreDelimitersWhereTheyCannotBeData(boolean explode, String kind, String raw, String expected) {
        assertThat(read("query", "form", explode, kind, FakeRequest.empty().withQuery("color=" + raw)))
                .isEqualTo(expected(expected));
    }
}

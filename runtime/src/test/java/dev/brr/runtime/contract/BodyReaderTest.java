package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyReaderTest {
    private static final String PET =
            "{type: object, required: [name], properties: {name: {type: string, minLength: 1}, age: {type: integer, format: int32},"
                    + " ok: {type: boolean}, tags: {type: array, items: {type: string}}, ids: {type: array, items: {type: integer}},"
                    + " owner: {type: object, properties: {id: {type: integer}}}}}";

    private static BodyReader.Outcome read(OperationContract contract, String contentType, byte[] bytes) {
        MediaType type = MediaType.parse(contentType).orElseThrow();
        return Bodies.read(contract.body().orElseThrow().reader(type).orElseThrow(), bytes, type);
    }

    private static String read(OperationContract contract, String contentType, String body) {
        BodyReader.Outcome outcome = read(contract, contentType, body.getBytes(StandardCharsets.UTF_8));
        if (outcome.violations().isEmpty()) {
            return outcome.body().tree().map(Object::toString).orElse("bytes");
        }
        return outcome.violations().stream()
                .map(violation -> violation.pointer() + " " + violation.keyword())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"Max\"} | {\"name\":\"Max\"}",
                "{ \"name\" : \"Max\" } | {\"name\":\"Max\"}",
                "{\"name\":\"Max\",\"more\":1} | {\"name\":\"Max\",\"more\":1}",
                "{} | ` required`",
                "{\"name\":\"\",\"age\":\"x\"} | /age type, /name minLength",
                "{\"name\":\"Max\",\"age\":3000000000} | /age format",
                "{\"name\":\"Max\",\"age\":1e400} | ` json`",
                "{\"name\":\"Max\",\"owner\":{\"id\":\"x\"}} | /owner/id type",
                "[] | ` type`",
                "null | ` type`",
                "{\"name\": | ` json`",
                "{\"name\":\"Max\"} x | ` json`",
                "x | ` json`",
            })
    void jsonIsReadAndHeldToItsSchema(String body, String outcome) {
        // given
        OperationContract contract = Contracts.ofBody("application/json", PET);

        // then
        assertThat(read(contract, "application/json", body)).isEqualTo(outcome);
    }

    @Test
    void whereJsonBreaksIsSaid() {
        // when
        BodyReader.Outcome outcome = read(
                Contracts.ofBody("application/json", PET),
                "application/json",
                "{\"a\": 1,\n  \"b\" 2}".getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(outcome.violations())
                .singleElement()
                .extracting(Violation::message)
                .isEqualTo("is not valid JSON at line 2, column 7");
    }

    @ParameterizedTest
    @CsvSource({"application/json", "application/json; charset=utf-8", "application/merge-patch+json"})
    void everyKindOfJsonIsJson(String contentType) {
        // given
        OperationContract contract = Contracts.ofBody("application/*", PET);

        // then
        assertThat(read(contract, contentType, "{}")).isEqualTo(" required");
    }

    @Test
    void bytesThatAreNotUtf8AreNoJson() {
        // when
        BodyReader.Outcome outcome =
                read(Contracts.ofBody("application/json", "{type: string}"), "application/json", new byte[] {
                    '"', (byte) 0xC3, (byte) 0x28, '"'
                });

        // then
        assertThat(outcome.violations()).extracting(Violation::keyword).containsExactly("json");
    }

    @Test
    void jsonNestedWithoutEndIsRefused() {
        // given
        String deep = "[".repeat(100_000);

        // then
        assertThat(read(Contracts.ofBody("application/json", "{}"), "application/json", deep))
                .isEqualTo(" json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name=Max&age=3&ok=true | {\"name\":\"Max\",\"age\":3,\"ok\":true}",
                "name=a+b%26c | {\"name\":\"a b&c\"}",
                "name=Max&tags=a&tags=b | {\"name\":\"Max\",\"tags\":[\"a\",\"b\"]}",
                "name=Max&tags=a | {\"name\":\"Max\",\"tags\":[\"a\"]}",
                "name=Max&ids=1&ids=2 | {\"name\":\"Max\",\"ids\":[1,2]}",
                "name=Max&owner=%7B%22id%22%3A1%7D | {\"name\":\"Max\",\"owner\":{\"id\":1}}",
                "name=Max&owner=me | /owner type",
                "name=Max&more=1 | {\"name\":\"Max\",\"more\":\"1\"}",
                "age=3 | ` required`",
                "name=&age=x | /age type, /name minLength",
                "name=Max&ids=1&ids=x | /ids/1 type",
                "name=%zz | ` encoding`",
            })
    void aUrlencodedFormIsReadByItsSchema(String body, String outcome) {
        // given
        OperationContract contract = Contracts.ofBody("application/x-www-form-urlencoded", PET);

        // then
        assertThat(read(contract, "application/x-www-form-urlencoded", body)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "tags=a,b; {\"tags\":[\"a\",\"b\"]}",
                "tags=a%2Cb; {\"tags\":[\"a,b\"]}",
                "pipes=1%7C2; {\"pipes\":[1,2]}",
                "spaces=x+y; {\"spaces\":[\"x\",\"y\"]}",
            })
    void encodingSaysHowAListIsWritten(String body, String outcome) {
        // given
        OperationContract contract = Contracts.of("""
                paths:
                  /a:
                    post:
                      requestBody:
                        content:
                          application/x-www-form-urlencoded:
                            schema:
                              type: object
                              properties:
                                tags: {type: array, items: {type: string}}
                                pipes: {type: array, items: {type: integer}}
                                spaces: {type: array, items: {type: string}}
                            encoding:
                              tags: {explode: false}
                              pipes: {style: pipeDelimited}
                              spaces: {style: spaceDelimited}
                      responses: {'200': {description: d}}
                """);

        // then
        assertThat(read(contract, "application/x-www-form-urlencoded", body)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "R=1&G=2&other=x; {\"flat\":{\"R\":1,\"G\":2},\"other\":\"x\"}",
                "deep[R]=1&deep[G]=x; /deep/G type",
                "deep%5BR%5D=1&other=x; {\"deep\":{\"R\":1},\"other\":\"x\"}",
                "listed=R,1,G,2; {\"listed\":{\"R\":1,\"G\":2}}",
                "listed=R,1,G; ` encoding`",
                "json=%7B%22R%22%3A1%7D; {\"json\":{\"R\":1}}",
                "numbers=1%2C2; {\"numbers\":[1,2]}",
            })
    void encodingSaysHowAnObjectIsWritten(String body, String outcome) {
        // given
        OperationContract contract = Contracts.of("""
                paths:
                  /a:
                    post:
                      requestBody:
                        content:
                          application/x-www-form-urlencoded:
                            schema:
                              type: object
                              properties:
                                flat: {$ref: '#/components/schemas/Color'}
                                deep: {$ref: '#/components/schemas/Shade'}
                                listed: {$ref: '#/components/schemas/Shade'}
                                json: {$ref: '#/components/schemas/Shade'}
                                numbers: {type: array, items: {type: integer}}
                            encoding:
                              flat: {style: form, explode: true}
                              deep: {style: deepObject, explode: true}
                              listed: {style: form, explode: false}
                              json: {contentType: application/json}
                              numbers: {style: form, explode: false}
                      responses: {'200': {description: d}}
                components:
                  schemas:
                    Color: {type: object, properties: {R: {type: integer}, G: {type: integer}}}
                    Shade: {type: object, properties: {R: {type: integer}, G: {type: integer}}}
                """);

        // then
        assertThat(read(contract, "application/x-www-form-urlencoded", body)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/octet-stream | {type: string, format: binary, maxLength: 3} | abc | bytes",
                "application/octet-stream | {type: string, format: binary, maxLength: 3} | abcd | ` maxLength`",
                "application/octet-stream | {type: string, format: binary, maxLength: 3} | éé | ` maxLength`",
                "image/png | {type: string, minLength: 2} | a | ` minLength`",
                "multipart/mixed; boundary=b | {type: object, required: [a]} | --b-- | bytes",
                "multipart/related; boundary=b | {type: object, required: [a]} | x | bytes",
                "application/xml | {type: object, required: [a]} | <a/> | bytes",
                "image/png | {type: string, format: binary} | a | bytes",
                "image/png | {} | a | bytes",
                "text/plain | {type: string, maxLength: 3} | ééé | \"ééé\"",
                "text/plain | {type: string, pattern: '^[a-z]+$'} | a1 | ` pattern`",
                "text/plain | {type: integer, minimum: 5} | 7 | 7",
                "text/plain | {type: integer, minimum: 5} | 4 | ` minimum`",
                "text/plain | {type: integer} | seven | ` type`",
                "text/csv | {type: string, enum: ['a,b']} | a,b | \"a,b\"",
            })
    void textAndBytesAreHeldToTheirSchemas(String type, String schema, String body, String outcome) {
        assertThat(read(Contracts.ofBody(type, schema), type, body)).isEqualTo(outcome);
    }

    private static final String FORM = """
            type: object, required: [file], properties: {file: {type: string, format: binary, maxLength: 4},
            note: {type: string, maxLength: 5}, age: {type: integer}, meta: {type: object, required: [id]},
            ids: {type: array, items: {type: integer}}}""".replace("\n", " ");

    private static String part(String name, String more, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + content + "\r\n";
    }

    private static String form(String... parts) {
        return String.join("", parts) + "--b--\r\n";
    }

    private static String multipart(String body) {
        return read(Contracts.ofBody("multipart/form-data", "{" + FORM + "}"), "multipart/form-data; boundary=b", body);
    }

    @Test
    void theFieldsOfAMultipartFormAreTypedByTheSchema() {
        // given
        String body = form(
                part("file", "; filename=\"x\"\r\nContent-Type: image/png", "PNG"),
                part("age", "", "3"),
                part("ids", "", "1"),
                part("ids", "", "2"),
                part("meta", "\r\nContent-Type: application/json", "{\"id\": 1}"));

        // then
        assertThat(multipart(body)).isEqualTo("{\"file\":\"PNG\",\"age\":3,\"ids\":[1,2],\"meta\":{\"id\":1}}");
    }

    @Test
    void theLengthOfAFileIsCountedInBytes() {
        // given: five bytes that would be less as UTF-8 text
        String body = form(part("file", "; filename=\"x\"\r\nContent-Type: image/png", "éé1"));

        // then
        assertThat(multipart(body)).isEqualTo("/file maxLength");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "note | hi | ` required`",
                "age | x | ` required, /age type`",
                "meta | {} | ` required, /meta required`",
                "note | too long | ` required, /note maxLength`",
            })
    void aMultipartFormIsHeldToItsSchema(String name, String content, String outcome) {
        // then
        assertThat(multipart(form(part(name, "", content)))).isEqualTo(outcome);
    }

    @Test
    void aPartOfBrokenJsonIsRefused() {
        // then
        assertThat(multipart(form(part("meta", "\r\nContent-Type: application/json", "{"))))
                .isEqualTo(" encoding");
    }

    @Test
    void aMultipartFormNeedsABoundary() {
        // given
        OperationContract contract = Contracts.ofBody("multipart/form-data", "{" + FORM + "}");

        // then
        assertThat(read(contract, "multipart/form-data", "x")).isEqualTo(" multipart_missing_boundary");
        assertThat(read(contract, "multipart/form-data; boundary=", "x")).isEqualTo(" multipart_missing_boundary");
    }

    @ParameterizedTest
    @CsvSource({"image/png, ok", "image/jpeg, ok", "text/html, contentType"})
    void encodingSaysWhatAFileMayBe(String type, String outcome) {
        // given
        OperationContract contract = Contracts.of("""
                paths:
                  /a:
                    post:
                      requestBody:
                        content:
                          multipart/form-data:
                            schema: {type: object, properties: {file: {type: string, format: binary}}}
                            encoding: {file: {contentType: 'image/png, image/jpeg'}}
                      responses: {'200': {description: d}}
                """);
        String body = form(part("file", "; filename=\"x\"\r\nContent-Type: " + type, "x"));

        // when
        BodyReader.Outcome read =
                read(contract, "multipart/form-data; boundary=b", body.getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(
                        read.violations().isEmpty()
                                ? "ok"
                                : read.violations().getFirst().keyword())
                .isEqualTo(outcome);
    }

    @Test
    void repeatedFieldsThatAreNoListAreNotLost() {
        // given
        String body = form(part("file", "", "x"), part("note", "", "a"), part("note", "", "b"));

        // then
        assertThat(multipart(body)).isEqualTo("/note type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text/plain | hello | \"hello\"",
                "text/plain;charset=utf-8 | é | \"é\"",
                "text/plain | too long a text | ` maxLength`",
                "text/plain; charset=nonsense | x | ` encoding`",
            })
    void textIsHeldToItsSchema(String contentType, String body, String outcome) {
        // given
        OperationContract contract = Contracts.ofBody("text/plain", "{type: string, maxLength: 5}");

        // then
        assertThat(read(contract, contentType, body)).isEqualTo(outcome);
    }

    @Test
    void textIsReadInItsCharset() {
        // when
        BodyReader.Outcome outcome =
                read(Contracts.ofBody("text/plain", "{type: string}"), "text/plain; charset=iso-8859-1", new byte[] {
                    (byte) 0xE9
                });

        // then
        assertThat(outcome.body().tree().orElseThrow().stringValue()).isEqualTo("é");
    }

    @Test
    void otherBytesAreTakenAsTheyAre() {
        // given
        byte[] bytes = {1, 2, 3};

        // when
        BodyReader.Outcome outcome =
                read(Contracts.ofBody("application/octet-stream", "{}"), "application/octet-stream", bytes);

        // then
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.body().held()).isEqualTo(bytes);
        assertThat(outcome.body().tree()).isEmpty();
    }
}

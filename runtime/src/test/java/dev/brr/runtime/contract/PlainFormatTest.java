package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.brr.runtime.document.SchemaCompiler;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The texts that need no validator, judged by the validator too. */
class PlainFormatTest {

    private static boolean admits(String format, String text) {
        return PlainFormat.of(format).orElseThrow().admits(text);
    }

    private static ContractSchema validator(String format) {
        JsonNode root = Json.treeIfJson(
                        "{\"openapi\":\"3.1.0\",\"components\":{\"schemas\":{\"S\":{\"format\":\"" + format + "\"}}}}")
                .orElseThrow();
        Schema schema = new SchemaCompiler(root).compile("/components/schemas/S");
        return new ContractSchema(schema, schema, null, null, true);
    }

    private static boolean isValid(ContractSchema validator, String text) {
        return validator.validateRequest(StringNode.valueOf(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "uuid, 123e4567-e89b-12d3-a456-426614174000",
        "uuid, 123E4567-E89B-12D3-A456-426614174000",
        "uuid, 00000000-0000-0000-0000-000000000000",
        "date, 2026-11-23",
        "date, 2024-02-28",
        "date, 1999-12-01",
        "date-time, 2026-11-23T08:30:00Z",
        "date-time, 2026-11-23T23:59:59.123456789Z",
        "date-time, 2026-01-01T00:00:00.1Z",
        "uri-reference, /pets/12345",
        "uri-reference, pets",
        "uri-reference, ../a/b.c~d_e-f",
        "uri-reference, /",
        "uri, https://example.com/pets/12345",
        "uri, http://localhost/a/b.c~d_e-f?x=1&y=2",
        "uri, https://a-b.example.com",
        "uri, https://example.com/?",
        "email, jane@example.com",
        "email, j@a-b.example.org",
        "email, jane.doe+pets_x-y@mail.example.com",
    })
    void anOrdinaryTextOfAFormatNeedsNoValidator(String format, String text) {
        // then
        assertThat(admits(format, text)).isTrue();
        assertThat(isValid(validator(format), text)).isTrue();
    }

    /** Right or wrong: that is not for the few comparisons to say. */
    @ParameterizedTest
    @CsvSource({
        "uuid, ''",
        "uuid, 123e4567-e89b-12d3-a456-42661417400",
        "uuid, 123e4567-e89b-12d3-a456-4266141740000",
        "uuid, 123e4567-e89b-12d3-a456-42661417400g",
        "uuid, 123e4567ae89b-12d3-a456-426614174000",
        "uuid, 123e4567-e89b-12d3-a456-42661417400\uFF11",
        "uuid, -23e4567-e89b-12d3-a456-426614174000",
        "date, 2026-11-29",
        "date, 2026-11-31",
        "date, 2026-13-01",
        "date, 2026-00-01",
        "date, 2026-01-00",
        "date, 0000-01-01",
        "date, 2026-1-1",
        "date, 2026/01/01",
        "date, '2026-01-01 '",
        "date, 2026-01-0\u0661",
        "date-time, 2026-11-23",
        "date-time, 2026-11-23T",
        "date-time, 2026-11-23T08:30Z",
        "date-time, 2026-11-23T08:30:00",
        "date-time, 2026-11-23t08:30:00z",
        "date-time, 2026-11-23T24:00:00Z",
        "date-time, 2026-11-23T08:60:00Z",
        "date-time, 2026-12-31T23:59:60Z",
        "date-time, 2026-11-23T08:30:00.Z",
        "date-time, 2026-11-23T08:30:00,5Z",
        "date-time, 2026-11-23T08:30:00.1234567890Z",
        "date-time, 2026-11-23T08:30:00+01:00",
        "date-time, 2026-11-23 08:30:00Z",
        "uri-reference, ''",
        "uri-reference, //host/a",
        "uri-reference, a:b",
        "uri-reference, /a b",
        "uri-reference, /a%20b",
        "uri-reference, /a?b=c",
        "uri-reference, /ä",
        "uri-reference, a\\b",
        "uri, ''",
        "uri, https://",
        "uri, ftp://example.com/a",
        "uri, HTTPS://example.com/",
        "uri, //example.com/a",
        "uri, /a",
        "uri, https://example.com:8443/a",
        "uri, https://127.0.0.1/a",
        "uri, https://[::1]/a",
        "uri, https://me@example.com/a",
        "uri, https://-a.example.com/",
        "uri, https://a-.example.com/",
        "uri, https://a..example.com/",
        "uri, https://example.com./",
        "uri, https://example.com/a b",
        "uri, https://example.com/a%20b",
        "uri, https://example.com/a#b",
        "uri, https://example.com/a=b",
        "uri, https://example.com?a=b",
        "uri, https://exämple.com/",
        "email, ''",
        "email, @example.com",
        "email, jane",
        "email, jane@",
        "email, jane@example",
        "email, jane@localhost",
        "email, jane@example.com.",
        "email, jane@example.com1",
        "email, jane@-example.com",
        "email, .jane@example.com",
        "email, jane.@example.com",
        "email, ja..ne@example.com",
        "email, jane doe@example.com",
        "email, ja@ne@example.com",
        "email, jänë@example.com",
        "email, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com",
    })
    void anotherTextIsForTheValidator(String format, String text) {
        // then
        assertThat(admits(format, text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "int32", "int64", "password", "binary"})
    void aFormatThatAsksNothingOfATextAdmitsEach(String format) {
        // then
        assertThat(admits(format, "")).isTrue();
        assertThat(admits(format, "\u0000 ä\uD83D\uDE00")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostname", "ipv4", "regex", "byte", "colour", "UUID"})
    void aFormatThatIsNotKnownHereIsForTheValidator(String format) {
        // then
        assertThat(PlainFormat.of(format)).isEmpty();
    }

    @Property(tries = 1000)
    void whatIsAdmittedIsValid(@ForAll("formats") String format, @ForAll("texts") String text) {
        // then
        if (admits(format, text)) {
            assertThat(isValid(validator(format), text))
                    .as("%s of %s", text, format)
                    .isTrue();
        }
    }

    /** Each day and each second that is admitted is one, whatever else the text has. */
    @Test
    void everyDayThatIsAdmittedIsValid() {
        // given
        ContractSchema dates = validator("date");

        for (String year : new String[] {"0100", "1900", "2000", "2023", "2024", "9999"}) {
            for (int day = 0; day < 100 * 32; day++) {
                // when
                String date = "%s-%02d-%02d".formatted(year, day / 32, day % 32);

                // then
                if (admits("date", date)) {
                    assertThat(isValid(dates, date)).as(date).isTrue();
                }
            }
        }
    }

    @Test
    void aTextIsHeldToItsLengthAndItsFormat() {
        // given
        var text = new PlainSchema.Text(1, 5, PlainFormat.URI_REFERENCE, null);

        // then
        assertThat(text.admits("/pets")).isTrue();
        assertThat(text.admits("/a b")).isFalse();
        assertThat(text.admits("/pets/1")).isFalse();
    }

    @Provide
    Arbitrary<String> formats() {
        return Arbitraries.of("uuid", "date", "date-time", "uri-reference", "uri", "email");
    }

    /** Near the formats: pieces of them, put together. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "2026",
                "-",
                "11",
                "-23",
                "T",
                "08:30:00",
                "Z",
                ".5",
                ":",
                "/",
                "//",
                "..",
                "~",
                "a",
                "f0",
                "%41",
                " ",
                "123e4567-e89b-12d3-a456-426614174000",
                "2026-11-23",
                "2026-11-23T08:30:00",
                "00",
                "é",
                "https://",
                "http://localhost",
                "example.com",
                ".org",
                "@",
                "?",
                "=",
                "&",
                "#",
                "+",
                "_");
        return pieces.list().ofMinSize(0).ofMaxSize(6).map(list -> String.join("", list));
    }
}

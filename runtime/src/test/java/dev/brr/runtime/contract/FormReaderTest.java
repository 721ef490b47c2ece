package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.document.MediaTypeDeclaration.Encoding;
import dev.brr.runtime.document.Parameter.Style;
import dev.brr.runtime.document.References;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Urlencoded fields become values by their shapes and encodings, before any schema is asked. */
class FormReaderTest {
    private static final SchemaShape SHAPE =
            SchemaShape.of(new References(Json.treeIfJson("""
            {"S": {"type": "object", "properties": {
                "count": {"type": "integer"}, "ok": {"type": "boolean"}, "word": {"type": "string"},
                "maybe": {"type": ["integer", "null"]}, "either": {"type": ["string", "integer"]},
                "list": {"type": "array", "items": {"type": "integer"}},
                "piped": {"type": "array", "items": {"type": "string"}},
                "comma": {"type": "array", "items": {"type": "string"}},
                "deep": {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "string"}}},
                "json": {"type": "object"},
                "objects": {"type": "array", "items": {"type": "object"}}}}}
            """).orElseThrow()), "/S");

    private static final FormReader READER = new FormReader(
            SHAPE,
            Map.of(
                    "piped", new Encoding(Optional.empty(), Style.PIPE_DELIMITED, false),
                    "comma", new Encoding(Optional.empty(), Style.FORM, false),
                    "deep", new Encoding(Optional.empty(), Style.DEEP_OBJECT, true)));

    private static String read(String form) {
        return READER.read(Query.parse(form)).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "count=7; {\"count\":7}",
                "count=007; {\"count\":\"007\"}",
                "count=; {\"count\":\"\"}",
                "count; {\"count\":\"\"}",
                "count=+7; {\"count\":\" 7\"}",
                "count=9223372036854775808; {\"count\":9223372036854775808}",
                "count=1&count=2; {\"count\":[1,2]}",
                "ok=true; {\"ok\":true}",
                "ok=TRUE; {\"ok\":\"TRUE\"}",
                "word=true; {\"word\":\"true\"}",
                "word=%7B%7D; {\"word\":\"{}\"}",
                "word=%C3%A9; {\"word\":\"é\"}",
                "maybe=null; {\"maybe\":null}",
                "either=12; {\"either\":12}",
                "either=twelve; {\"either\":\"twelve\"}",
                "%77ord=x; {\"word\":\"x\"}",
                "unknown=7; {\"unknown\":\"7\"}",
                "json=%7B%22a%22%3A%5B1%5D%7D; {\"json\":{\"a\":[1]}}",
                "json=%7Bbroken; {\"json\":\"{broken\"}",
                "json=%5B1%5D; {\"json\":\"[1]\"}",
                "``; {}",
                "&&; {}",
            })
    void aFieldBecomesWhatItsShapeMeans(String form, String expected) {
        // then
        assertThat(read(form)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "list=1; {\"list\":[1]}",
                "list=1&list=x&list=3; {\"list\":[1,\"x\",3]}",
                "list=1,2; {\"list\":[\"1,2\"]}",
                "list=1&word=a&list=2; {\"list\":[1,2],\"word\":\"a\"}",
                "piped=a|b; {\"piped\":[\"a\",\"b\"]}",
                "piped=a%7cb%7Cc; {\"piped\":[\"a\",\"b\",\"c\"]}",
                "piped=a||b; {\"piped\":[\"a\",\"\",\"b\"]}",
                "piped=; {\"piped\":[]}",
                "piped=a|b&piped=c; {\"piped\":[\"a\",\"b\",\"c\"]}",
                "comma=a%2Cb,c; {\"comma\":[\"a,b\",\"c\"]}",
                "comma=a+b,c%2Bd; {\"comma\":[\"a b\",\"c+d\"]}",
                "objects=%7B%7D&objects=x; {\"objects\":[{},\"x\"]}",
            })
    void aListTakesItsItemsInTheOrderTheyCome(String form, String expected) {
        // then
        assertThat(read(form)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "deep[x]=1&deep[y]=2; {\"deep\":{\"x\":1,\"y\":\"2\"}}",
                "word=a&deep%5Bx%5D=one; {\"deep\":{\"x\":\"one\"},\"word\":\"a\"}",
                "other[x]=1; {\"other[x]\":\"1\"}",
            })
    void anObjectOfADeclaredStyleIsReadAsInAQuery(String form, String expected) {
        // then
        assertThat(read(form)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"word=%", "word=%4", "word=%zz", "word=%C3%28", "comma=a,%FF", "list=%GG"})
    void aFieldThatIsNotWellEncodedIsRefusedWithAReason(String form) {
        // then
        assertThatThrownBy(() -> read(form))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("percent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "comma=a%2Cb; comma=a,b",
                "comma=a%2cb%2Cc; comma=a,b,c",
                "comma=a%2Cb,c; comma=a%2Cb,c",
                "list=1%2C2; list=1%2C2",
                "piped=a%2Cb; piped=a%2Cb",
                "word=a%2Cb; word=a%2Cb",
            })
    void encodedCommasAreWrittenOutOnlyWhereCommasDelimit(String form, String plain) {
        // then
        assertThat(READER.plainCommas(Query.parse(form))).isEqualTo(Query.parse(plain));
    }

    @Test
    void aContentTypeInTheEncodingMakesTheFieldJsonAndNotAStyledObject() {
        // given
        FormReader json = new FormReader(
                SHAPE, Map.of("deep", new Encoding(Optional.of("application/json"), Style.DEEP_OBJECT, true)));

        // then
        assertThat(json.read(Query.parse("deep=%7B%22x%22:1%7D&deep[x]=2")))
                .hasToString("{\"deep\":{\"x\":1},\"deep[x]\":\"2\"}");
    }

    private static final FormReader AS_JSON = new FormReader(
            SHAPE,
            Map.of(
                    "list", new Encoding(Optional.of("application/json"), Style.FORM, true),
                    "piped", new Encoding(Optional.of("application/vnd.a+json, application/json"), Style.FORM, true),
                    "count", new Encoding(Optional.of("application/json"), Style.FORM, true),
                    "either", new Encoding(Optional.of("application/json"), Style.FORM, true),
                    "objects", new Encoding(Optional.of("application/json"), Style.FORM, false),
                    "json", new Encoding(Optional.of("application/json"), Style.FORM, true),
                    "word", new Encoding(Optional.of("application/json, text/plain"), Style.FORM, true),
                    "comma", new Encoding(Optional.of("text/plain"), Style.FORM, false)));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "list=%5B1,2%5D; {\"list\":[1,2]}",
                "list=%5B%22a%22%5D; {\"list\":[\"a\"]}",
                "list=1; {\"list\":[1]}",
                "list=1&list=2; {\"list\":[1,2]}",
                "list=%5B1%5D&list=%5B2%5D; {\"list\":[[1],[2]]}",
                "list=%5B%5D; {\"list\":[]}",
                "piped=%5B%22a|b%22%5D; {\"piped\":[\"a|b\"]}",
                "count=7; {\"count\":7}",
                "count=%227%22; {\"count\":\"7\"}",
                "count=1&count=2; {\"count\":[1,2]}",
                "either=%2212%22; {\"either\":\"12\"}",
                "either=true; {\"either\":true}",
                "objects=%5B%7B%7D,%7B%7D%5D; {\"objects\":[{},{}]}",
                "objects=%7B%7D; {\"objects\":[{}]}",
                "json=%5B1%5D; {\"json\":[1]}",
                "word=%22a%22; {\"word\":\"\\\"a\\\"\"}",
                "comma=1,2; {\"comma\":[\"1\",\"2\"]}",
            })
    void whatTheEncodingHasAsJsonIsReadAsJsonWhateverItsType(String form, String expected) {
        // then
        assertThat(AS_JSON.read(Query.parse(form))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"count=", "count", "count=seven", "list=a,b", "list=1&list=x", "json=%7B", "either=1%202"})
    void whatIsToBeJsonAndIsNotIsRefusedByItsName(String form) {
        // then
        assertThatThrownBy(() -> AS_JSON.read(Query.parse(form)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the field " + form.replaceAll("=.*", "") + " is not valid JSON");
    }
}

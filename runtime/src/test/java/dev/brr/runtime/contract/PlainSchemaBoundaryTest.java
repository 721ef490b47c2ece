package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.contract.PlainSchema.Items;
import dev.brr.runtime.contract.PlainSchema.Members;
import dev.brr.runtime.contract.PlainSchema.Text;
import dev.brr.runtime.contract.PlainSchema.Whole;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The bounds of each comparison, and where the compiler stands back. */
class PlainSchemaBoundaryTest {
    private static final String SMILE = "\uD83D\uDE00";
    private static final PlainSchema ANYTHING = new PlainSchema.Anything();
    private static final PlainSchema NOTHING = new PlainSchema.OneOfTexts(new String[0]);

    private static JsonNode json(String text) {
        return Json.treeIfJson(text).orElseThrow();
    }

    private static Optional<PlainSchema> compiled(String schemas) {
        return new PlainSchemaCompiler(json(schemas), true).compile("/S");
    }

    private static boolean admits(String schema, String value) {
        return compiled("{\"S\":" + schema + "}").orElseThrow().admits(json(value));
    }

    @ParameterizedTest
    @CsvSource({
        // least, most, plain characters, characters of two units, admitted
        "0, 0, 0, 0, true",
        "0, 0, 1, 0, false",
        "0, 0, 0, 1, false",
        "1, 3, 0, 0, false",
        "1, 3, 0, 1, true",
        "2, 3, 0, 1, false",
        "2, 3, 1, 1, true",
        "2, 3, 0, 3, true",
        "2, 3, 1, 2, true",
        "2, 3, 0, 4, false",
        "2, 3, 2, 2, false",
        "0, 3, 4, 0, false",
        "4, 9, 3, 0, false",
        "4, 9, 0, 3, false",
        "4, 9, 0, 9, true",
        "4, 9, 0, 10, false",
    })
    void textIsCountedInCharactersAndNotInUnits(int least, int most, int plain, int wide, boolean admitted) {
        // given
        String text = "a".repeat(plain) + SMILE.repeat(wide);

        // then
        assertThat(new Text(least, most, PlainFormat.ANY, null).admits(text)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"integer\"}; 9223372036854775807; true",
                "{\"type\":\"integer\"}; -9223372036854775808; true",
                "{\"type\":\"integer\",\"format\":\"int32\"}; -2147483648; true",
                "{\"type\":\"integer\",\"format\":\"int32\"}; -2147483649; false",
                "{\"type\":\"integer\",\"format\":\"int32\",\"minimum\":-3000000000}; -2147483649; false",
                "{\"type\":\"integer\",\"format\":\"int32\",\"maximum\":3000000000}; 2147483648; false",
                "{\"type\":\"integer\",\"format\":\"int32\",\"maximum\":5}; 6; false",
                "{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":9223372036854775807}; 9223372036854775807; true",
                "{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":9223372036854775807}; 9223372036854775806; false",
                "{\"type\":\"integer\",\"minimum\":1.0}; 1; true",
                "{\"type\":\"integer\",\"minimum\":1.0}; 0; false",
                "{\"type\":\"integer\",\"maximum\":1e2}; 100; true",
                "{\"type\":\"integer\",\"maximum\":1e2}; 101; false",
                "{\"type\":\"integer\",\"minimum\":5,\"maximum\":4}; 5; false",
                "{\"type\":\"number\",\"minimum\":1}; 1; true",
                "{\"minimum\":1}; \"0\"; true",
                "{\"minimum\":1}; false; true",
            })
    void wholeNumbersEndWhereTheirBoundsAre(String schema, String value, boolean admitted) {
        // then
        assertThat(admits(schema, value)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"integer\"}; 1.0",
                "{\"type\":\"integer\"}; 1e2",
                "{\"type\":\"integer\"}; 99999999999999999999",
                "{\"type\":\"number\",\"minimum\":1}; 1.5",
                "{\"type\":\"number\",\"format\":\"int32\"}; 2.5",
                "{\"type\":\"array\",\"uniqueItems\":true}; [1,2]",
                "{\"type\":\"array\",\"uniqueItems\":true}; [\"a\",null]",
            })
    void whatIsNotBeyondDoubtIsLeftToTheValidator(String schema, String value) {
        // then
        assertThat(admits(schema, value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"integer\",\"minimum\":99999999999999999999}",
                "{\"type\":\"integer\",\"maximum\":1e30}",
                "{\"type\":\"integer\",\"minimum\":\"1\"}",
                "{\"minLength\":3000000000}",
                "{\"maxItems\":\"2\"}",
                "{\"minProperties\":null}",
                "{\"enum\":\"a\"}",
                "{\"enum\":[\"a\",null]}",
                "{\"const\":null}",
                "{\"$ref\":7}",
                "{\"$ref\":\"#\"}",
                "{\"$ref\":\"#anchor\"}",
                "{\"$ref\":\"#/S~1a\"}",
                "{\"$ref\":\"#/a%20b\"}",
                "{\"format\":\"float\"}",
                "{\"items\":[true]}",
                "{\"items\":false}",
                "{\"additionalProperties\":{\"not\":{}}}",
                "{\"anyOf\":[true,false]}",
                "{\"allOf\":[true,{\"pattern\":\"[^a]\"}]}",
                "{\"nullable\":true}",
                "{\"unknownKeyword\":1}",
                "[]",
                "null",
                "\"string\"",
            })
    void aKeywordThatIsNotPlainMakesNoShortcut(String schema) {
        // then
        assertThat(compiled("{\"S\":" + schema + "}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"t\",\"description\":\"d\",\"default\":1,\"example\":{},\"examples\":[false]}",
                "{\"deprecated\":true,\"externalDocs\":{\"url\":\"/\"},\"xml\":{\"name\":\"s\"},\"$comment\":\"c\"}",
                "{\"x-anything\":{\"not\":{}},\"x-\":1}",
                "{\"readOnly\":true}",
                "{\"writeOnly\":true}",
                "{}",
                "true",
            })
    void aKeywordThatAsksNothingAdmitsAnything(String schema) {
        // then
        assertThat(compiled("{\"S\":" + schema + "}")).contains(ANYTHING);
    }

    @Test
    void aPointerThatLeadsNowhereMakesNoShortcut() {
        // then
        assertThat(new PlainSchemaCompiler(json("{}"), true).compile("/S")).isEmpty();
    }

    @Test
    void twoSchemasMayReferToTheSameOne() {
        // given
        Optional<PlainSchema> both =
                compiled("{\"S\":{\"properties\":{\"a\":{\"$ref\":\"#/T\"},\"b\":{\"$ref\":\"#/T\"}}},"
                        + "\"T\":{\"type\":\"integer\"}}");

        // then
        assertThat(both.orElseThrow().admits(json("{\"a\":1,\"b\":2}"))).isTrue();
        assertThat(both.orElseThrow().admits(json("{\"a\":1,\"b\":\"2\"}"))).isFalse();
    }

    @Test
    void whatRefersToARingIsNotCompiledAndDoesNotHangUp() {
        // given: S -> T -> U -> T
        String schemas = "{\"S\":{\"items\":{\"$ref\":\"#/T\"}},\"T\":{\"items\":{\"$ref\":\"#/U\"}},"
                + "\"U\":{\"items\":{\"$ref\":\"#/T\"}},\"Free\":{\"type\":\"null\"}}";
        PlainSchemaCompiler compiler = new PlainSchemaCompiler(json(schemas), true);

        // then: each by itself as well, whichever was asked for first
        assertThat(compiler.compile("/S")).isEmpty();
        assertThat(compiler.compile("/U")).isEmpty();
        assertThat(compiler.compile("/T")).isEmpty();
        assertThat(compiler.compile("/Free")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"31, true", "32, true", "33, false", "200, false"})
    void schemasNestedTooDeepAreLeftToTheValidator(int depth, boolean made) {
        // given
        String nested = "{\"items\":".repeat(depth) + "true" + "}".repeat(depth);
        String ended = "{\"items\":".repeat(depth) + "{}" + "}".repeat(depth);

        // then: true is free at any depth that its holder is compiled at
        assertThat(compiled("{\"S\":" + ended + "}").isPresent()).isEqualTo(made);
        assertThat(compiled("{\"S\":" + nested + "}").isPresent()).isEqualTo(depth <= 33);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "16, true", "17, false"})
    void textsAreComparedWithEachOtherWhileTheyAreFew(int size, boolean admitted) {
        // given
        String array =
                IntStream.range(0, size).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(",", "[", "]"));

        // then
        assertThat(new Items(0, 100, true, null).admits(json(array))).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"[\"a\",\"b\",\"a\"]", "[\"b\",\"a\",\"a\"]", "[\"a\",1]", "[1,\"a\"]", "[\"\",\"\"]"})
    void aTextThatComesTwiceIsSeenWhereverItStands(String array) {
        // then
        assertThat(new Items(0, 100, true, null).admits(json(array))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":1}; true",
                "{\"a\":1}; true",
                "{\"b\":1}; false",
                "{}; false",
                "{\"a\":null}; true",
                "{\"a\":1,\"c\":1}; false",
                "{\"a\":1,\"b\":1,\"c\":1}; false",
                "{\"A\":1}; false",
            })
    void anObjectThatIsClosedHasItsRequiredMembersAndNoOthers(String object, boolean admitted) {
        // given
        Members closed = new Members(new String[] {"a", "b"}, new PlainSchema[] {ANYTHING, ANYTHING}, 1, 0, 9, null);

        // then
        assertThat(closed.admits(json(object))).isEqualTo(admitted);
    }

    @Test
    void theSchemaOfOtherMembersIsNotAskedOfThoseThatAreNamed() {
        // given
        Members members = new Members(new String[] {"a"}, new PlainSchema[] {ANYTHING}, 0, 0, 9, NOTHING);

        // then
        assertThat(members.admits(json("{\"a\":1}"))).isTrue();
        assertThat(members.admits(json("{\"a\":1,\"b\":1}"))).isFalse();
        assertThat(members.admits(json("{\"b\":1}"))).isFalse();
        assertThat(members.admits(json("{}"))).isTrue();
    }

    @Test
    void aBoundThatNothingMeetsAdmitsNothing() {
        // then
        assertThat(new Whole(1, 0).admits(0)).isFalse();
        assertThat(new Whole(1, 0).admits(1)).isFalse();
        assertThat(new PlainSchema.Any(new PlainSchema[0]).admits(json("1"))).isFalse();
        assertThat(NOTHING.admits(json("\"\""))).isFalse();
    }
}

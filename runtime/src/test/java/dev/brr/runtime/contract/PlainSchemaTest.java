package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.brr.runtime.document.SchemaCompiler;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The few comparisons against the validator they stand in for. */
class PlainSchemaTest {

    private static JsonNode root(String schema) {
        return Json.treeIfJson("{\"openapi\":\"3.1.0\",\"components\":{\"schemas\":{\"S\":" + schema
                        + ",\"Pet\":{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{\"name\":"
                        + "{\"type\":\"string\",\"minLength\":1}}},\"Ring\":{\"type\":\"object\",\"properties\":"
                        + "{\"next\":{\"$ref\":\"#/components/schemas/Ring\"}}}}}}")
                .orElseThrow();
    }

    private static boolean admits(String schema, String value) {
        return new PlainSchemaCompiler(root(schema), true)
                .compile("/components/schemas/S")
                .orElseThrow()
                .admits(Json.treeIfJson(value).orElseThrow());
    }

    private static boolean isValid(String schema, String value) {
        Schema whole = new SchemaCompiler(root(schema)).compile("/components/schemas/S");
        return new ContractSchema(whole, whole, null, null, true)
                .validateRequest(Json.treeIfJson(value).orElseThrow())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"type":"string"}                                          | "a"              | 1
            {"type":"string","minLength":1,"maxLength":3}              | "abc"            | "abcd"
            {"type":"string","minLength":1}                            | "a"              | ""
            {"type":"string","maxLength":1}                            | "\\ud83d\\ude00" | "ab"
            {"type":"string","minLength":2}                            | "ab"             | "\\ud83d\\ude00"
            {"type":"string","enum":["a","b"]}                         | "b"              | "c"
            {"const":"a"}                                              | "a"              | "b"
            {"type":"integer","minimum":1,"maximum":9}                 | 9                | 10
            {"type":"integer","minimum":1}                             | 1                | 0
            {"type":"integer","format":"int32"}                        | 2147483647       | 2147483648
            {"type":"integer","format":"int64"}                        | 9223372036854775807 | 9223372036854775808
            {"type":"integer"}                                         | -3               | 1.5
            {"type":"number"}                                          | 1.5              | "1.5"
            {"type":"boolean"}                                         | true             | "true"
            {"type":["string","null"]}                                 | null             | 1
            {"type":"array","items":{"type":"integer"},"maxItems":2}   | [1,2]            | [1,2,3]
            {"type":"array","items":{"type":"integer"}}                | [1,2]            | [1,"2"]
            {"type":"array","minItems":1}                              | [null]           | []
            {"type":"array","uniqueItems":true}                        | ["a","b"]        | ["a","a"]
            {"type":"object","required":["a"]}                         | {"a":1}          | {"b":1}
            {"properties":{"a":{"type":"integer"}}}                    | {"a":1,"b":"c"}  | {"a":"1"}
            {"properties":{"a":true},"additionalProperties":false}     | {"a":1}          | {"b":1}
            {"additionalProperties":{"type":"boolean"}}                | {"a":true}       | {"a":1}
            {"required":["a"],"additionalProperties":{"type":"boolean"}} | {"a":true}     | {"a":1}
            {"type":"object","minProperties":1,"maxProperties":1}      | {"a":1}          | {"a":1,"b":2}
            {"allOf":[{"type":"integer"},{"minimum":5}]}               | 5                | 4
            {"anyOf":[{"type":"integer"},{"type":"boolean"}]}          | true             | "true"
            {"$ref":"#/components/schemas/Pet","maxProperties":1}      | {"name":"a"}     | {"name":"a","b":1}
            {"$ref":"#/components/schemas/Pet"}                        | {"name":"a"}     | {"name":""}
            """)
    void admitsWhatIsValidAndNotWhatIsNot(String schema, String good, String bad) {
        // then
        assertThat(admits(schema, good)).isTrue();
        assertThat(isValid(schema, good)).isTrue();
        assertThat(admits(schema, bad)).isFalse();
        assertThat(isValid(schema, bad)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"string\",\"pattern\":\"^(?!a)\"}",
                "{\"type\":\"string\",\"format\":\"hostname\"}",
                "{\"oneOf\":[{\"type\":\"string\"}]}",
                "{\"not\":{\"type\":\"string\"}}",
                "{\"type\":\"integer\",\"multipleOf\":2}",
                "{\"type\":\"number\",\"minimum\":0.5}",
                "{\"type\":\"integer\",\"exclusiveMinimum\":1}",
                "{\"const\":1}",
                "{\"enum\":[1,\"a\"]}",
                "{\"type\":\"array\",\"items\":{\"pattern\":\"[^a]\"}}",
                "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\"}]}",
                "{\"properties\":{\"a\":{\"format\":\"hostname\"}}}",
                "{\"properties\":{\"a\":false}}",
                "{\"type\":\"object\",\"discriminator\":{\"propertyName\":\"kind\"}}",
                "{\"unevaluatedProperties\":false}",
                "{\"$ref\":\"#/components/schemas/Nowhere\"}",
                "{\"$ref\":\"#/components/schemas/Ring\"}",
                "{\"$ref\":\"other.yaml#/components/schemas/Pet\"}",
                "{\"allOf\":[{\"$ref\":\"#/components/schemas/S\"}]}",
                "{\"type\":\"string\",\"maxLength\":2.5}",
                "{\"required\":[\"a\"],\"additionalProperties\":false}",
                "false"
            })
    void leavesWhatItDoesNotKnowToTheValidator(String schema) {
        // then
        assertThat(new PlainSchemaCompiler(root(schema), true).compile("/components/schemas/S"))
                .isEmpty();
    }

    @Test
    void aPropertyThatIsOnlyWrittenMayBeInRequestsAlone() {
        // given
        JsonNode root = root("{\"properties\":{\"a\":{\"type\":\"string\",\"writeOnly\":true}}}");

        // then
        assertThat(new PlainSchemaCompiler(root, true).compile("/components/schemas/S"))
                .isPresent();
        assertThat(new PlainSchemaCompiler(root, false).compile("/components/schemas/S"))
                .isEmpty();
    }

    @Property(tries = 2000)
    void whatItAdmitsIsValid(@ForAll("schemas") String schema, @ForAll("values") String value) {
        // when
        boolean admitted = new PlainSchemaCompiler(root(schema), true)
                .compile("/components/schemas/S")
                .map(plain -> plain.admits(Json.treeIfJson(value).orElseThrow()))
                .orElse(false);

        // then
        if (admitted) {
            assertThat(isValid(schema, value)).as("%s of %s", value, schema).isTrue();
        }
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> scalars = Arbitraries.of(
                "null",
                "true",
                "false",
                "0",
                "1",
                "2",
                "-1",
                "3000000000",
                "1.0",
                "1.5",
                "1e30",
                "99999999999999999999",
                "\"\"",
                "\"a\"",
                "\"ab\"",
                "\"\\ud83d\\ude00\"",
                "\"2020-01-01\"",
                "[]",
                "{}");
        return Arbitraries.lazyOf(() -> scalars, () -> scalars, () -> arrays(scalars), () -> objects(scalars));
    }

    @Provide
    Arbitrary<String> schemas() {
        return schemas(2);
    }

    private static Arbitrary<String> schemas(int depth) {
        Arbitrary<String> plain = Arbitraries.of(
                "true",
                "\"type\":\"string\"",
                "\"type\":\"integer\"",
                "\"type\":\"number\"",
                "\"type\":\"boolean\"",
                "\"type\":\"object\"",
                "\"type\":\"array\"",
                "\"type\":[\"string\",\"null\"]",
                "\"minLength\":1",
                "\"maxLength\":1",
                "\"minimum\":1",
                "\"maximum\":1",
                "\"minimum\":0.5",
                "\"format\":\"int32\"",
                "\"format\":\"int64\"",
                "\"format\":\"date\"",
                "\"format\":\"binary\"",
                "\"minItems\":1",
                "\"maxItems\":1",
                "\"uniqueItems\":true",
                "\"required\":[\"a\"]",
                "\"minProperties\":1",
                "\"maxProperties\":1",
                "\"additionalProperties\":false",
                "\"enum\":[\"a\",\"b\"]",
                "\"const\":\"a\"",
                "\"readOnly\":true",
                "\"$ref\":\"#/components/schemas/Pet\"",
                "\"description\":\"a\"");
        Arbitrary<String> keywords = depth == 0
                ? plain
                : Arbitraries.oneOf(
                        plain,
                        plain,
                        schemas(depth - 1).map(schema -> "\"items\":" + schema),
                        schemas(depth - 1).map(schema -> "\"properties\":{\"a\":" + schema + "}"),
                        schemas(depth - 1).map(schema -> "\"additionalProperties\":" + schema),
                        schemas(depth - 1).list().ofMinSize(1).ofMaxSize(2).map(some -> "\"allOf\":" + some),
                        schemas(depth - 1).list().ofMinSize(1).ofMaxSize(2).map(some -> "\"anyOf\":" + some));
        return keywords.list().ofMaxSize(3).map(PlainSchemaTest::schema);
    }

    /** Of each keyword, the first. */
    private static String schema(List<String> keywords) {
        if (keywords.contains("true")) {
            return "true";
        }
        StringBuilder schema = new StringBuilder("{");
        for (String keyword : keywords) {
            String name = keyword.substring(0, keyword.indexOf(':') + 1);
            if (schema.indexOf(name) != 1 && !schema.toString().contains("," + name)) {
                schema.append(schema.length() > 1 ? "," : "").append(keyword);
            }
        }
        return schema.append('}').toString();
    }

    private static Arbitrary<String> arrays(Arbitrary<String> items) {
        return items.list().ofMinSize(1).ofMaxSize(3).map(Object::toString);
    }

    private static Arbitrary<String> objects(Arbitrary<String> values) {
        return Combinators.combine(values, values, Arbitraries.of("a", "name"))
                .as((one, two, name) -> "{\"" + name + "\":" + one + ",\"b\":" + two + "}");
    }
}

package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.brr.runtime.document.SchemaCompiler;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** Generated schemas and values, judged by the few comparisons and by the validator that they stand in for. */
class PlainSchemaAgreementPropertyTest {
    private static final String POINTER = "/components/schemas/S";

    private static JsonNode json(String text) {
        return Json.treeIfJson(text).orElseThrow();
    }

    private static JsonNode root(String schema) {
        return json("{\"openapi\":\"3.1.0\",\"components\":{\"schemas\":{\"S\":" + schema
                + ",\"Named\":{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"string\"}}},"
                + "\"Small\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1}}}}");
    }

    private static boolean isValid(JsonNode root, JsonNode value) {
        Schema whole = new SchemaCompiler(root).compile(POINTER);
        return new ContractSchema(whole, whole, null, null, true)
                .validateRequest(value)
                .isEmpty();
    }

    @Property(tries = 400)
    void ofTextsWholeNumbersListsAndObjectsItAdmitsAllThatIsValid(
            @ForAll("schemas") String schema, @ForAll("values") String value) {
        // given
        JsonNode root = root(schema);
        Optional<PlainSchema> plain = new PlainSchemaCompiler(root, true).compile(POINTER);

        // then: it is made, and the client's ordinary value never has to go to the validator
        assertThat(plain).as(schema).isPresent();
        assertThat(plain.orElseThrow().admits(json(value)))
                .as("%s of %s", value, schema)
                .isEqualTo(isValid(root, json(value)));
    }

    @Property(tries = 300)
    void theShortcutChangesNoViolationOfARequest(
            @ForAll("directedSchemas") String schema, @ForAll("values") String value) {
        // given
        JsonNode root = root(schema);
        Schema whole = SchemaCompiler.Directions.of(root).requests().compile(POINTER);

        // when
        var without = new ContractSchema(whole, whole, null, null, true).validateRequest(json(value));

        // then
        assertThat(new ContractSchemas(root).at(POINTER).validateRequest(json(value)))
                .as("%s of %s", value, schema)
                .isEqualTo(without);
    }

    @Property(tries = 300)
    void theShortcutChangesNoViolationOfAnAnswer(
            @ForAll("directedSchemas") String schema, @ForAll("values") String value) {
        // given
        JsonNode root = root(schema);
        Schema whole = SchemaCompiler.Directions.of(root).responses().compile(POINTER);

        // when
        var without = new ContractSchema(whole, whole, null, null, true).validateResponse(json(value));

        // then
        assertThat(new ContractSchemas(root).at(POINTER).validateResponse(json(value)))
                .as("%s of %s", value, schema)
                .isEqualTo(without);
    }

    @Provide
    Arbitrary<String> values() {
        return values(2);
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> scalars = Arbitraries.of(
                "null",
                "true",
                "false",
                "-1",
                "0",
                "1",
                "2",
                "3",
                "\"\"",
                "\"a\"",
                "\"b\"",
                "\"ab\"",
                "\"abcd\"",
                "\"\\ud83d\\ude00\"",
                "\"\\ud83d\\ude00a\"");
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<String> inner = values(depth - 1);
        return Arbitraries.oneOf(
                scalars,
                inner.list().ofMaxSize(3).map(Object::toString),
                Arbitraries.maps(Arbitraries.of("a", "b", "c"), inner)
                        .ofMaxSize(3)
                        .map(PlainSchemaAgreementPropertyTest::object));
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Provide
    Arbitrary<String> schemas() {
        return schemas(2);
    }

    /** With a property or two that travel one way only. */
    @Provide
    Arbitrary<String> directedSchemas() {
        Arbitrary<String> flags = Arbitraries.of("", "", ",\"readOnly\":true", ",\"writeOnly\":true");
        return Combinators.combine(flags, flags, Arbitraries.of("integer", "string"), schemas(1))
                .as((one, other, type, list) -> "{\"type\":\"object\",\"required\":[\"a\",\"b\"],\"properties\":{"
                        + "\"a\":{\"type\":\"" + type + "\"" + one + "},\"b\":{\"minimum\":1" + other + "},\"c\":"
                        + list
                        + "}}");
    }

    private static Arbitrary<String> schemas(int depth) {
        Arbitrary<String> leaves = Arbitraries.oneOf(
                bounded("string", "minLength", "maxLength"),
                bounded("integer", "minimum", "maximum"),
                Arbitraries.of(
                        "true",
                        "{}",
                        "{\"type\":\"boolean\"}",
                        "{\"type\":\"null\"}",
                        "{\"type\":[\"integer\",\"null\"],\"minimum\":1}",
                        "{\"minLength\":1,\"minimum\":1,\"minItems\":1,\"minProperties\":1}",
                        "{\"enum\":[\"a\",\"ab\"]}",
                        "{\"type\":\"string\",\"const\":\"b\"}",
                        "{\"type\":\"integer\",\"format\":\"int32\"}",
                        "{\"$ref\":\"#/components/schemas/Named\"}",
                        "{\"$ref\":\"#/components/schemas/Small\",\"minimum\":1}"));
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<String> inner = schemas(depth - 1);
        return Arbitraries.oneOf(
                leaves,
                inner.list().ofMinSize(1).ofMaxSize(3).map(some -> "{\"allOf\":" + some + "}"),
                inner.list().ofMinSize(1).ofMaxSize(3).map(some -> "{\"anyOf\":" + some + "}"),
                Combinators.combine(inner, bounds(0, 2))
                        .as((items, bounds) -> "{\"type\":\"array\",\"items\":" + items + ",\"minItems\":" + bounds[0]
                                + ",\"maxItems\":" + bounds[1] + "}"),
                objects(inner),
                objects(inner));
    }

    private static Arbitrary<String> objects(Arbitrary<String> inner) {
        Arbitrary<String> required = Arbitraries.of("", "\"a\"", "\"b\"", "\"b\",\"a\"");
        Arbitrary<String> more = Arbitraries.oneOf(
                Arbitraries.of("", ",\"minProperties\":1", ",\"maxProperties\":2", ",\"additionalProperties\":false"),
                inner.map(schema -> ",\"additionalProperties\":" + schema));
        return Combinators.combine(inner, inner, required, more)
                .as((a, b, names, others) -> "{\"type\":\"object\",\"properties\":{\"a\":" + a + ",\"b\":" + b
                        + "},\"required\":[" + names + "]" + others + "}");
    }

    private static Arbitrary<String> bounded(String type, String least, String most) {
        return bounds(0, 3)
                .map(bounds -> "{\"type\":\"" + type + "\",\"" + least + "\":" + bounds[0] + ",\"" + most + "\":"
                        + bounds[1] + "}");
    }

    private static Arbitrary<int[]> bounds(int from, int to) {
        Arbitrary<Integer> bound = Arbitraries.integers().between(from, to);
        return Combinators.combine(bound, bound)
                .as((one, other) -> new int[] {Math.min(one, other), Math.max(one, other)});
    }
}

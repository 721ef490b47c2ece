package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.document.Documents;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers that no {@code long} holds are compared like any other: by the schema, and never with an exception. */
class WideNumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: integer, minimum: 0} | 4.244668099275587e198 | ok",
                "{type: integer, maximum: 100} | 4.244668099275587e198 | maximum",
                "{type: integer, minimum: 0} | -1e300 | minimum",
                "{type: integer, exclusiveMaximum: 5} | 1e18 | exclusiveMaximum",
                "{type: integer, maximum: 100} | 1e2 | ok",
                "{type: integer, minimum: 0, maximum: 9} | 123456789012345678901234567890 | maximum",
                "{type: integer, format: int64, minimum: 0} | 1e30 | format",
                "{type: integer, minimum: 1} | 1.5e300 | ok",
                "{type: number, minimum: 0} | 1e308 | ok",
                "{type: number, maximum: 1} | 1e308 | maximum",
                "{type: number, exclusiveMinimum: 0} | 5e-324 | ok",
                "{type: array, items: {type: integer, maximum: 9}} | [1, 2e200] | maximum",
                "{type: object, properties: {a: {type: integer, maximum: 9}}} | {\"a\": 2e200} | maximum",
                "{type: object, properties: {a: {type: integer, multipleOf: 2}}} | {\"a\": 2e200} | ok",
            })
    void aBodyIsComparedExactly(String schema, String json, String expected) {
        // given
        ContractSchemas schemas =
                new ContractSchemas(Documents.valid("""
                paths: {/a: {get: {responses: {'200': {description: d}}}}}
                components: {schemas: {Value: %s}}
                """.formatted(schema)).root());

        // when
        ContractSchema compiled = schemas.at("/components/schemas/Value");
        List<Violation> violations =
                compiled.validateRequest(JsonMapper.shared().readTree(json));

        // then
        assertThat(compiled.validateResponse(JsonMapper.shared().readTree(json)))
                .isEqualTo(violations);
        assertThat(violations.stream().map(Violation::keyword).findFirst().orElse("ok"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1e400", "-1e400", "1e999999999"})
    void aBoundThatNoDoubleReachesIsLeftToTheValidator(String bound) {
        // given
        JsonNode root = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree("{\"raw\":{\"maximum\":" + bound + "}}");
        JsonNode infinite = JsonMapper.shared().readTree("{\"raw\":{\"minimum\":" + bound + "}}");

        // then
        assertThat(new PlainSchemaCompiler(root, true).compile("/raw")).isEmpty();
        assertThat(new PlainSchemaCompiler(infinite, true).compile("/raw")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1e3,1000",
        "1.0,1",
        "-2.5e1,-25",
        "1.5,1.5",
        "7,7",
        "\"1e3\",\"1e3\"",
        "null,null",
        "true,true",
    })
    void onlyWholeNumbersAreWrittenAnew(String json, String expected) {
        assertThat(WideNumbers.whole(JsonMapper.shared().readTree(json))).hasToString(expected);
    }
}

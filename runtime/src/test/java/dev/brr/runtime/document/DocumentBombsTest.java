package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.brr.runtime.contract.ContractSchemas;
import dev.brr.runtime.contract.OperationContract;
import dev.brr.runtime.example.OperationExamples;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small texts that would become large work: each is answered in time, by problems or by a document that can be served. */
class DocumentBombsTest {
    private static final Duration IN_TIME = Duration.ofSeconds(20);
    private static final String PATHS = "paths: {/a: {get: {responses: {'200': {description: d, content:"
            + " {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}}}}\n";

    /** The check of a text, and of what is valid also the compilation of its operations. */
    private static DocumentCheck check(String text) {
        return assertTimeoutPreemptively(IN_TIME, () -> {
            DocumentCheck check = ServiceDocument.check(text);
            if (check instanceof DocumentCheck.Valid valid) {
                compile(valid.document());
            }
            return check;
        });
    }

    private static void compile(ServiceDocument document) {
        ContractSchemas schemas = new ContractSchemas(document.root());
        References references = new References(document.root());
        for (Operation operation : document.operations()) {
            OperationContract.compile(operation, document.securitySchemes().values(), schemas, references);
            assertThat(new OperationExamples(operation, schemas, references).violations())
                    .isEmpty();
        }
    }

    private static String problems(String text) {
        return check(text) instanceof DocumentCheck.Invalid invalid
                ? invalid.problems().stream().map(DocumentProblem::text).collect(Collectors.joining("; "))
                : "valid";
    }

    @Test
    void aliasesThatDoubleAreCutOff() {
        // given: 2 to the power of 40 values
        String lines = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "a%d: &a%d [*a%d, *a%d]".formatted(i, i, i - 1, i - 1))
                .collect(Collectors.joining("\n"));

        // then
        assertThat(problems("openapi: 3.1.0\na0: &a0 [x, x]\n" + lines)).contains("more than 500000 values");
    }

    @Test
    void anAliasOfItselfIsRefused() {
        assertThat(problems("openapi: 3.1.0\na: &a {b: *a}\n")).contains("contains itself");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 10_000, 200_000})
    void nestingWithoutEndIsRefused(int depth) {
        assertThat(problems("openapi: 3.1.0\na: " + "[".repeat(depth) + "]".repeat(depth)))
                .contains("deep");
        assertThat(problems("{\"openapi\":\"3.1.0\",\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}"))
                .isNotEmpty();
        assertThat(problems("{\"a\":".repeat(depth) + "1" + "}".repeat(depth))).isNotEmpty();
        assertThat(problems("a:\n ".repeat(depth))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "minimum: 1e999999999, 1e999999999 is no number",
        "multipleOf: 1e-999999999, 1e-999999999 is no number",
        "maximum: -1e401, -1e401 is no number",
        "maximum: 1e308, valid",
        "maximum: 1e309, 1e309 is no number",
        "minimum: .inf, .inf is no number",
        "multipleOf: 0, not a valid schema",
        "maxLength: 1e3, valid",
        "maxLength: -1, not a valid schema",
        "minItems: 99999999999999999999, valid"
    })
    void aNumberThatNothingCanBeComputedWithIsRefused(String keyword, String expected) {
        // given
        String text = "openapi: 3.1.0\ninfo: {title: t, version: v}\n" + PATHS
                + "components: {schemas: {S0: {type: integer, " + keyword + "}}}\n";

        // then
        assertThat(problems(text)).contains(expected);
    }

    @Test
    void aMillionDigitsAreRefusedAtOnce() {
        // given
        String digits = "9".repeat(1_000_000);

        // then
        assertThat(problems("openapi: 3.1.0\na: " + digits))
                .contains("is no number")
                .hasSizeLessThan(500);
        assertThat(problems("{\"openapi\":\"3.1.0\",\"a\":" + digits + "}")).contains("not valid JSON");
        assertThat(problems("{\"openapi\":\"3.1.0\",\"a\":1e999999}")).contains("can be computed with");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'#/components/schemas/S0'", "'#/components/schemas/S1'"})
    void aRingOfReferencesIsRefused(String target) {
        // given
        String text = "openapi: 3.1.0\ninfo: {title: t, version: v}\n" + PATHS + "components: {schemas: {S0: {$ref: "
                + target + "}, S1: {$ref: '#/components/schemas/S0'}}}\n";

        // then
        assertThat(problems(text)).contains("leads back to itself");
    }

    @Test
    void schemasThatHoldThemselvesManyTimesOverAreServed() {
        // given: fifty properties, each of the same kind again
        String properties = IntStream.range(0, 50)
                .mapToObj(i -> "p" + i + ": {$ref: '#/components/schemas/S0'}")
                .collect(Collectors.joining(", "));

        // then
        assertThat(problems("openapi: 3.1.0\ninfo: {title: t, version: v}\n" + PATHS
                        + "components: {schemas: {S0: {type: object, properties: {" + properties + "}}}}\n"))
                .isEqualTo("valid");
    }

    @Test
    void listsOfListsOfListsAreServed() {
        // given: ten levels, sixteen items each at least
        String schemas = IntStream.range(0, 10)
                .mapToObj(i -> "S%d: {type: array, minItems: 16, items: {$ref: '#/components/schemas/S%d'}}"
                        .formatted(i, i + 1))
                .collect(Collectors.joining(", "));

        // then
        assertThat(problems("openapi: 3.1.0\ninfo: {title: t, version: v}\n" + PATHS + "components: {schemas: {"
                        + schemas + ", S10: {type: integer}}}\n"))
                .isEqualTo("valid");
    }

    @Test
    void parametersThatReferToEachOtherManyTimesOverAreServed() {
        // given
        String properties = IntStream.range(0, 200)
                .mapToObj(i -> "p" + i + ": {$ref: '#/components/schemas/S0'}")
                .collect(Collectors.joining(", "));

        // then
        assertThat(problems("openapi: 3.1.0\ninfo: {title: t, version: v}\n"
                        + "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {$ref:"
                        + " '#/components/schemas/S0'}}], responses: {'204': {description: d}}}}}\n"
                        + "components: {schemas: {S0: {type: object, properties: {" + properties + "}}}}\n"))
                .isEqualTo("valid");
    }
}

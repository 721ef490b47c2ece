package dev.brr.operator.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks the packaged runtime of this build, which lies where petstore-image puts it. */
class RuntimeDocumentCheckerIT {

    private static final Path PACKAGED = Path.of("..", "petstore-image", "target", "image");

    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Orders, version: "1"}
            paths:
              /orders/{id}:
                get:
                  operationId: getOrder
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: integer}}
                  responses:
                    "200":
                      description: the order
            """;

    private final RuntimeDocumentChecker checker = new RuntimeDocumentChecker(PACKAGED);

    @BeforeAll
    static void runtimeIsPackaged() {
        assertThat(PACKAGED.resolve("libs"))
                .as("the packaged runtime is missing; make it with: mvn -pl petstore-image -am package")
                .isDirectory();
    }

    @Test
    void theBundledPetStoreCanBeServed() throws Exception {
        // given
        var document = Files.readString(PACKAGED.resolve("openapi.yaml"));
        // when
        var verdict = checker.check(document);
        // then
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.checked()).startsWith("{\"build\":\"brr-runtime-").contains("\"root\":{\"openapi\":");
    }

    @Test
    void aSmallDocumentCanBeServed() throws Exception {
        // given
        // when
        var problems = checker.check(DOCUMENT).problems();
        // then
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema: {type: integer}   | schema: {type: intger} | 8",
                "operationId: getOrder     | operationId: [getOrder] | 6",
                "name: id                  | name: number            | 5",
                "openapi: 3.1.0            | openapi: 4.0.0          | 1",
            })
    void aMistakeIsFoundInItsLine(String right, String wrong, int line) throws Exception {
        // given
        var document = DOCUMENT.replace(right, wrong);
        assertThat(document).isNotEqualTo(DOCUMENT);
        // when
        var problems = checker.check(document).problems();
        // then
        assertThat(problems).isNotEmpty();
        assertThat(problems).extracting(DocumentProblem::line).contains(line);
    }

    @ParameterizedTest
    @CsvSource({"''", "not yaml: [", "'[]'", "'42'", "'{\"openapi\": '"})
    void whatIsNoDocumentAtAllIsRefusedAndNotAFailureOfTheCheck(String document) throws Exception {
        // given
        // when
        var problems = checker.check(document).problems();
        // then
        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
    }

    @Test
    void theLargestDocumentOfTheApiIsChecked() throws IOException, InterruptedException {
        // given
        var document = new StringBuilder(DOCUMENT);
        for (int i = 0; document.length() < 510_000; i++) {
            document.append(DOCUMENT.substring(DOCUMENT.indexOf("  /orders"))
                    .replace("/orders", "/orders" + i)
                    .replace("getOrder", "getOrder" + i));
        }
        // when
        var problems = checker.check(document.toString()).problems();
        // then
        assertThat(problems).isEmpty();
    }
}

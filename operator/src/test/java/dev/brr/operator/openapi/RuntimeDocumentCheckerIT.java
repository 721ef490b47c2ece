package dev.brr.operator.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aStartThatFindsWhatTheCheckLeftParsesNoYamlAndCompilesNoPlainSchema(boolean kept, @TempDir Path app)
            throws Exception {
        // given
        var document = Files.writeString(app.resolve("openapi.yaml"), DOCUMENT);
        if (kept) {
            Files.writeString(
                    app.resolve("openapi.yaml.checked"), checker.check(DOCUMENT).checked());
        }
        // when
        var loaded = classesOfAStart(document, app.resolve("classes.txt"));
        // then
        assertThat(loaded).contains("dev.brr.runtime.server.ServicePlan ");
        assertThat(loaded.contains("org.snakeyaml.engine.v2.parser.ParserImpl "))
                .isNotEqualTo(kept);
        assertThat(loaded.contains("com.networknt.schema.keyword.TypeValidator "))
                .isNotEqualTo(kept);
    }

    /** Starts the service where it cannot listen (an address for documentation, RFC 5737), so that it ends by itself. */
    private static String classesOfAStart(Path document, Path log) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load=info:file=" + log,
                        "-cp",
                        PACKAGED.resolve("libs") + "/*",
                        "dev.brr.runtime.RuntimeMain",
                        "--spec",
                        document.toString(),
                        "--host",
                        "203.0.113.1")
                .redirectErrorStream(true)
                .redirectOutput(log.resolveSibling("output.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(log.resolveSibling("output.txt")).content().contains("cannot listen on 203.0.113.1");
            return Files.readString(log);
        } finally {
            process.destroyForcibly();
        }
    }
}

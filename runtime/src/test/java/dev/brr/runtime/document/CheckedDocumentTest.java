package dev.brr.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedDocumentTest {
    private static final String BUILD = "brr-runtime-1.jar 4711";
    private static final String VALID = """
            openapi: 3.1.0
            info: {title: Ümläut "quoted", version: '1'}
            paths:
              /a:
                get:
                  operationId: a
                  responses:
                    '200':
                      description: ok
                      content:
                        application/json:
                          schema: {$ref: '#/components/schemas/A'}
            components:
              schemas:
                A: %s
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: string}",
                "{default: 1}",
                "{default: 3000000000}",
                "{default: 123456789012345678901234567890}",
                "{multipleOf: 0.10}",
                "{maximum: 1e2}",
                "{default: -0.0}",
                "{default: null}",
                "{enum: [true, false, null, [], {}, '', [[1, {a: 2}]]]}",
                "{default: \"a\\tb\\u0000c\\U0001F600\"}",
                "{const: 0x1F}",
            })
    void whatIsReadBackIsWhatTheYamlSays(String schema) throws IOException {
        // given
        String text = VALID.formatted(schema);
        Path file = written(text);

        // when
        Optional<ServiceDocument> read = CheckedDocument.read(file, text, BUILD);

        // then
        assertThat(read).contains(valid(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-component.yaml"})
    void aDocumentWithEverythingIsReadBackAsItWas(String name) throws IOException {
        // given
        String text = corpus(name);
        Path file = written(text);

        // when
        Optional<ServiceDocument> read = CheckedDocument.read(file, text, BUILD);

        // then
        assertThat(read).contains(valid(text));
    }

    @Test
    void aDocumentInJsonIsReadFromItsText() throws IOException {
        // given
        String text = ServiceDocument.asJson(VALID.formatted("{maximum: 0.5}"));
        Path file = written(text);

        // when
        Optional<ServiceDocument> read = CheckedDocument.read(file, text, BUILD);

        // then
        assertThat(read).contains(valid(text));
        assertThat(file).content(StandardCharsets.UTF_8).doesNotContain("\"root\"");
    }

    @Test
    void anotherTextIsNotTheOneThatWasChecked() throws IOException {
        // given
        String text = VALID.formatted("{type: string}");
        Path file = written(text);

        // when
        Optional<ServiceDocument> read = CheckedDocument.read(file, text + " ", BUILD);

        // then
        assertThat(read).isEmpty();
    }

    @Test
    void whatAnotherBuildFoundGoodIsCheckedAnew() throws IOException {
        // given
        String text = VALID.formatted("{type: string}");
        Path file = written(text);

        // when
        Optional<ServiceDocument> read = CheckedDocument.read(file, text, "brr-runtime-1.jar 4712");

        // then
        assertThat(read).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 200, 600})
    void aFileThatWasCutShortIsAsIfItWereNotThere(int length) throws IOException {
        // given
        String text = VALID.formatted("{type: string}");
        Path file = written(text);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, length));

        // when
        Optional<ServiceDocument> read = CheckedDocument.read(file, text, BUILD);

        // then
        assertThat(length).isLessThan(whole.length);
        assertThat(read).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"build\":1}",
                "{\"build\":\"brr-runtime-1.jar 4711\",\"text\":\"x\",\"root\":{}}",
                "{\"build\":\"brr-runtime-1.jar 4711\",\"text\":\"x\",\"root\":[1]}",
                "{\"build\":\"brr-runtime-1.jar 4711\",\"text\":\"x\",\"root\":{\"openapi\":\"3.1.0\"}}",
                "{\"build\":\"brr-runtime-1.jar 4711\",\"text\":\"x\"}",
                "not JSON",
            })
    void aFileOfSomethingElseIsAsIfItWereNotThere(String content) throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("openapi.yaml.checked"), content);

        // when
        Optional<ServiceDocument> read = CheckedDocument.read(file, "x", BUILD);

        // then
        assertThat(read).isEmpty();
    }

    @Test
    void theBuildIsNameAndLengthOfTheRuntimesJarWhereverItLiesOnTheClassPath() throws IOException {
        // given
        Path other = Files.writeString(folder.resolve("brr-jemalloc-1.0.jar"), "another");
        Path jar = Files.writeString(folder.resolve("brr-runtime-1.0.jar"), "12345");

        // when
        Optional<String> build = CheckedDocument.build(other + File.pathSeparator + jar);

        // then
        assertThat(build).contains("brr-runtime-1.0.jar 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "target/classes",
                "lib/brr-runtime-1.0.zip",
                "my-brr-runtime-1.0.jar",
                "/none/brr-runtime-1.0.jar"
            })
    void aRuntimeThatDoesNotRunFromItsJarHasNoBuild(String classPath) {
        // when
        Optional<String> build = CheckedDocument.build(classPath);

        // then
        assertThat(build).isEmpty();
    }

    @Test
    void aDocumentWithoutAFileIsChecked() throws IOException {
        // given
        String text = VALID.formatted("{type: nothing}");
        Path document = Files.writeString(folder.resolve("openapi.yaml"), text);

        // when
        DocumentCheck check = ServiceDocument.check(document, text);

        // then
        assertThat(check).isInstanceOf(DocumentCheck.Invalid.class);
    }

    @Test
    void whatAFileSaysIsNotCheckedAgain() throws IOException {
        // given: a schema that no check admits
        String text = VALID.formatted("{type: nothing}");
        Path file = written(text);

        // when
        Optional<ServiceDocument> read = CheckedDocument.read(file, text, BUILD);

        // then
        assertThat(read).isPresent();
    }

    @Test
    void aTextThatCannotBeReadIsNotWritten() {
        // given
        Path file = folder.resolve("openapi.yaml.checked");

        // when, then
        assertThatThrownBy(() -> CheckedDocument.write(file, "a: [", BUILD))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void aRuntimeWithoutABuildKeepsNothing() throws IOException {
        // given
        Path document = folder.resolve("openapi.yaml");

        // when
        CheckedDocument.keep(document, VALID.formatted("{type: string}"));

        // then
        assertThat(CheckedDocument.beside(document)).doesNotExist();
    }

    @Test
    void theFileLiesBesideTheDocument() {
        // when
        Path file = CheckedDocument.beside(Path.of("/app/openapi.yaml"));

        // then
        assertThat(file).isEqualTo(Path.of("/app/openapi.yaml.checked"));
    }

    private Path written(String text) throws IOException {
        Path file = folder.resolve("openapi.yaml.checked");
        CheckedDocument.write(file, text, BUILD);
        return file;
    }

    private static ServiceDocument valid(String text) {
        return ((DocumentCheck.Valid) ServiceDocument.check(text)).document();
    }

    private static String corpus(String name) throws IOException {
        try (InputStream in = CheckedDocumentTest.class.getResourceAsStream("/documents/valid/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.spool.Content;
import dev.brr.runtime.spool.RequestFiles;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Forms with files that are too large for the heap. */
class MultipartReaderTest {
    private static final int LARGE = 100_000;
    private static final String FORM = "{type: object, required: [file], properties: {"
            + "file: {type: string, format: binary, minLength: 3, maxLength: 200000},"
            + "files: {type: array, maxItems: 2, items: {type: string, format: binary, maxLength: 150000}},"
            + "note: {type: string}, meta: {type: object, required: [id]}}}";

    @TempDir
    private Path folder;

    private RequestFiles files = new TemporaryFiles(Path.of("/"), 0).ofRequest(_ -> {});

    @AfterEach
    void end() {
        files.close();
    }

    private record Field(String name, String more, int size) {}

    private static Field file(String name, int size) {
        return new Field(name, "; filename=\"f\"\r\nContent-Type: application/octet-stream", size);
    }

    private BodyReader.Outcome read(Field... fields) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Field field : fields) {
            body.writeBytes(("--b\r\nContent-Disposition: form-data; name=\"" + field.name() + "\"" + field.more()
                            + "\r\n\r\n" + "x".repeat(field.size()) + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes("--b--\r\n".getBytes(StandardCharsets.UTF_8));
        files = new TemporaryFiles(folder, 1 << 30).ofRequest(_ -> {});
        MediaType type = MediaType.parse("multipart/form-data; boundary=b").orElseThrow();
        return Contracts.ofBody("multipart/form-data", FORM)
                .body()
                .orElseThrow()
                .reader(type)
                .orElseThrow()
                .read(new ByteArrayInputStream(body.toByteArray()), type, files);
    }

    private static String keywords(BodyReader.Outcome outcome) {
        return Shown.violations(outcome.violations());
    }

    @Test
    void aLargeFileIsOnDiskAndNullInTheValueOfTheForm() throws IOException {
        // when
        BodyReader.Outcome outcome = read(file("file", LARGE), new Field("note", "", 5));

        // then
        assertThat(outcome.violations()).isEmpty();
        JsonNode tree = outcome.body().tree().orElseThrow();
        assertThat(tree.path("file").isNull()).isTrue();
        assertThat(tree.path("note").asString()).isEqualTo("xxxxx");
        FormPart part = outcome.body().parts().getFirst();
        assertThat(part.content()).isInstanceOf(Content.Spooled.class);
        assertThat(part.content().size()).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "2, /file minLength",
        "3, ''",
        "65536, ''",
        "65537, ''",
        "200000, ''",
        "200001, /file maxLength",
        "900000, /file maxLength",
    })
    void theSizeOfAFileIsHeldToItsSchemaWhereverItIs(int size, String expected) throws IOException {
        // then
        assertThat(keywords(read(file("file", size)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "100000, 100000, 10, /files maxItems",
        "100000, 150001, 0, /files/1 maxLength",
        "10, 150001, 0, /files/1 maxLength",
        "100000, 20, 0, ''",
    })
    void eachOfSeveralFilesIsHeldToItsOwnSchema(int first, int second, int third, String expected) throws IOException {
        // given
        List<Field> fields = new ArrayList<>(List.of(file("file", 5), file("files", first), file("files", second)));
        if (third > 0) {
            fields.add(file("files", third));
        }

        // when
        BodyReader.Outcome outcome = read(fields.toArray(Field[]::new));

        // then
        assertThat(keywords(outcome)).isEqualTo(expected);
        assertThat(outcome.body().parts()).hasSize(fields.size());
    }

    @Test
    void textThatIsNoFileStaysWhole() throws IOException {
        // when
        BodyReader.Outcome outcome = read(file("file", 5), new Field("note", "", LARGE));

        // then
        assertThat(outcome.body().tree().orElseThrow().path("note").asString()).hasSize(LARGE);
        assertThat(outcome.body().parts().get(1).content()).isInstanceOf(Content.Held.class);
    }

    @Test
    void jsonIsWholeThoughItIsNamedAFile() throws IOException {
        // given
        Field meta = new Field("meta", "; filename=\"m\"\r\nContent-Type: application/json\r\n\r\n{}", 0);

        // then
        assertThat(keywords(read(file("file", 5), meta))).isEqualTo("/meta required");
    }

    @Test
    void aLargeTextFileGoesToDiskToo() throws IOException {
        // given
        Field csv = new Field("note", "; filename=\"n.csv\"\r\nContent-Type: text/csv", LARGE);

        // when
        BodyReader.Outcome outcome = read(file("file", 5), csv);

        // then
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.body().parts().get(1).content()).isInstanceOf(Content.Spooled.class);
    }

    @ParameterizedTest
    @CsvSource({"2, ' minLength'", "3, ''", "70000, ''", "100000, ''", "100001, ' maxLength'"})
    void aBinaryBodyIsHeldToItsSizeWhereverItIs(int size, String expected) throws IOException {
        // given
        MediaType type = MediaType.parse("application/octet-stream").orElseThrow();
        files = new TemporaryFiles(folder, 1 << 30).ofRequest(_ -> {});

        // when
        BodyReader.Outcome outcome = Contracts.ofBody(
                        "application/octet-stream", "{type: string, format: binary, minLength: 3, maxLength: 100000}")
                .body()
                .orElseThrow()
                .reader(type)
                .orElseThrow()
                .read(new ByteArrayInputStream(new byte[size]), type, files);

        // then
        assertThat(keywords(outcome)).isEqualTo(expected);
        if (expected.isEmpty()) {
            assertThat(outcome.body().content().size()).isEqualTo(size);
        }
    }
}

package dev.brr.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.spool.RequestFiles;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers that a document asks of the parts of a form. */
class PartHeadersTest {
    private final OperationContract contract = Contracts.of("""
            paths:
              /a:
                post:
                  requestBody:
                    content:
                      multipart/form-data:
                        schema: {type: object, properties: {file: {type: string}, note: {type: string}}}
                        encoding:
                          file:
                            contentType: "text/plain, application/octet-stream"
                            headers:
                              X-Number: {required: true, schema: {type: integer, minimum: 1}}
                              X-Kinds: {$ref: '#/components/headers/Kinds'}
                              Content-Type: {required: true, schema: {type: integer}}
                  responses: {'200': {description: d}}
            components:
              headers: {Kinds: {schema: {type: array, items: {enum: [a, b]}}}}
            """);

    private String read(String headers) throws IOException {
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n" + headers + "\r\nx\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"note\"\r\n\r\ny\r\n--b--\r\n";
        MediaType type = MediaType.parse("multipart/form-data; boundary=\"b\"").orElseThrow();
        try (RequestFiles files = new TemporaryFiles(Path.of("/"), 0).ofRequest(_ -> {})) {
            return contract
                    .body()
                    .orElseThrow()
                    .reader(type)
                    .orElseThrow()
                    .read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), type, files)
                    .violations()
                    .stream()
                    .map(violation -> violation.pointer() + " " + violation.keyword() + " " + violation.message())
                    .collect(Collectors.joining(", "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "X-Number: 1 | ``",
                "x-number: 7;X-Kinds: a, b | ``",
                "X-Number: 0 | /file headers the header X-Number: must have a minimum value of 1",
                "X-Number: one | /file headers the header X-Number: string found, integer expected",
                "X-Other: 1 | /file headers the header X-Number: is missing",
                "X-Number: 1;X-Kinds: a,c | /file headers the header X-Kinds: does not have a value in the enumeration",
            })
    void theHeadersOfAPartAreHeldToTheDocument(String headers, String expected) throws IOException {
        // when
        String violations = read(headers.replace(";", "\r\n") + "\r\n");

        // then
        assertThat(violations).startsWith(expected);
        assertThat(violations.isEmpty()).isEqualTo(expected.isEmpty());
    }
}

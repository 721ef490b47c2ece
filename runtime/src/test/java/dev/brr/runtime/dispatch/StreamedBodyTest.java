package dev.brr.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.document.Documents;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Response;
import dev.brr.runtime.metrics.RuntimeMetrics;
import dev.brr.runtime.security.Credentials;
import dev.brr.runtime.spool.TemporaryFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that go to disk, from the request to the handler and back. */
class StreamedBodyTest {
    private static final String MEMBERS = """
            paths:
              /bytes:
                post:
                  operationId: bytes
                  requestBody: {required: true, content: {application/octet-stream: {}}}
                  responses: {'200': {description: d, content: {application/json: {}}}}
              /form:
                post:
                  operationId: form
                  requestBody:
                    required: true
                    content:
                      multipart/form-data:
                        schema: {type: object, required: [file], properties: {file: {type: string, format: binary}}}
                  responses: {'200': {description: d, content: {application/json: {}}}}
            """;

    @TempDir
    private Path folder;

    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());

    @AfterEach
    void close() {
        metrics.close();
    }

    private static Response bytes(Request request) throws IOException {
        return Response.ok(request.bodyStream().readAllBytes().length + " " + request.bodyBytes().length);
    }

    private static Response form(Request request) throws IOException {
        return Response.ok(request.parts().getFirst().open().readAllBytes().length + " "
                + request.bodyMap().get("file"));
    }

    private Reply answer(FakeExchange exchange, TemporaryFiles files) throws IOException {
        return Dispatcher.compile(
                        Documents.valid(MEMBERS),
                        new Dispatcher.Settings(
                                Map.of("bytes", StreamedBodyTest::bytes, "form", StreamedBodyTest::form),
                                AccessSettings.of(Credentials.NONE),
                                1_000_000,
                                files,
                                true,
                                100),
                        metrics)
                .dispatch(exchange)
                .reply();
    }

    private static FakeExchange form(int size) {
        return FakeExchange.of("POST", "/form")
                .withBody(
                        "multipart/form-data; boundary=b",
                        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n"
                                + "Content-Type: image/png\r\n\r\n" + "x".repeat(size) + "\r\n--b--\r\n");
    }

    private static FakeExchange bytes(int size) {
        return FakeExchange.of("POST", "/bytes").withBody("application/octet-stream", "x".repeat(size));
    }

    @ParameterizedTest
    @CsvSource({"1,false", "65536,false", "65537,false", "900000,false", "1,true", "65537,true", "900000,true"})
    void theHandlerHasTheWholeBodyWhereverItIs(int size, boolean chunked) throws IOException {
        // given
        TemporaryFiles files = new TemporaryFiles(folder, 1 << 20);
        FakeExchange exchange = chunked ? bytes(size).chunked() : bytes(size);

        // when
        Reply reply = answer(exchange, files);

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("\"" + size + " " + size + "\"");
        assertThat(files.free()).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @CsvSource({"10,10 xxxxxxxxxx", "100000,100000 null"})
    void aLargeFileIsNullInTheValueOfTheForm(int size, String expected) throws IOException {
        // when
        Reply reply = answer(form(size), new TemporaryFiles(folder, 1 << 20));

        // then
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("\"" + expected + "\"");
    }

    @ParameterizedTest
    @CsvSource({"/bytes,false", "/bytes,true", "/form,false", "/form,true"})
    void aBodyOverTheLimitIsRefused(String path, boolean chunked) throws IOException {
        // given
        FakeExchange exchange = path.equals("/form") ? form(1_000_001) : bytes(1_000_001);

        // when
        Reply reply = answer(chunked ? exchange.chunked() : exchange, new TemporaryFiles(folder, 1 << 30));

        // then
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void withoutRoomOnDiskTheClientIsToldToComeLater() throws IOException {
        // given
        TemporaryFiles files = new TemporaryFiles(folder, 100_000);

        // then
        assertThat(answer(bytes(200_000), files).status()).isEqualTo(503);
        assertThat(answer(form(200_000), files).status()).isEqualTo(503);
        assertThat(answer(bytes(90_000), files).status()).isEqualTo(200);
        assertThat(files.free()).isEqualTo(100_000);
    }

    @Test
    void aFolderThatIsGoneIsNoFaultOfTheClient() throws IOException {
        // then
        assertThat(answer(bytes(200_000), new TemporaryFiles(folder.resolve("gone"), 1 << 30))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void aBodyOfNothingIsNone() throws IOException {
        // when
        Reply reply = answer(bytes(0), new TemporaryFiles(folder, 1 << 20));

        // then
        assertThat(reply.status()).isEqualTo(400);
    }
}

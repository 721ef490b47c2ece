package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    private static final String LONG = "words and words and ".repeat(500);
    private static TestService service;

    @BeforeAll
    static void start() throws IOException, StartupException {
        Map<String, OperationHandler> handlers = Map.of(
                "long", _ -> Response.ok(LONG),
                "short", _ -> Response.ok("words"),
                "coded", _ -> Response.ok(LONG).withHeader("Content-Encoding", "identity"),
                "image", _ -> Response.bytes(200, "image/png", new byte[10_000]),
                "events",
                        _ -> Response.events(sink -> {
                            for (int i = 0; i < 100; i++) {
                                sink.send(LONG);
                            }
                        }));
        service = TestService.start("""
                paths:
                  /long: {get: {operationId: long, responses: {'200': {description: d, content: {text/plain: {}}}}}}
                  /short: {get: {operationId: short, responses: {'200': {description: d, content: {text/plain: {}}}}}}
                  /coded: {get: {operationId: coded, responses: {'200': {description: d, content: {text/plain: {}}}}}}
                  /image: {get: {operationId: image, responses: {'200': {description: d, content: {image/png: {}}}}}}
                  /events:
                    get: {operationId: events, responses: {'200': {description: d, content: {text/event-stream: {}}}}}
                """, handlers);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<byte[]> get(String target, String acceptEncoding)
            throws IOException, InterruptedException {
        HttpRequest request = service.request(target)
                .header("Accept-Encoding", acceptEncoding)
                .build();
        return service.client().send(request, BodyHandlers.ofByteArray());
    }

    private static String unzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aLongAnswerIsCompressedForWhoTakesIt() throws IOException, InterruptedException {
        // when
        HttpResponse<byte[]> answer = get("/long", "br, gzip");

        // then
        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(answer.headers().allValues("vary")).contains("Accept-Encoding");
        assertThat(answer.headers().firstValue("content-length")).contains(String.valueOf(answer.body().length));
        assertThat(answer.body()).hasSizeLessThan(LONG.length() / 10);
        assertThat(unzip(answer.body())).isEqualTo(LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "identity", "gzip;q=0", "*;q=0"})
    void itIsNotForWhoDoesNot(String acceptEncoding) throws IOException, InterruptedException {
        // when
        HttpResponse<byte[]> answer = get("/long", acceptEncoding);

        // then
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.headers().allValues("vary")).contains("Accept-Encoding");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/short", "/image", "/events", "/coded"})
    void whatDoesNotShrinkOrStreamsIsSentAsItIs(String target) throws IOException, InterruptedException {
        // when
        HttpResponse<byte[]> answer = get(target, "gzip");

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-encoding").orElse("identity"))
                .isEqualTo("identity");
        assertThat(answer.headers().allValues("vary")).doesNotContain("Accept-Encoding");
    }

    @Test
    void headSaysWhatGetWould() throws IOException, InterruptedException {
        // when
        HttpResponse<byte[]> get = get("/long", "gzip");
        HttpResponse<byte[]> head = service.client()
                .send(
                        service.request("/long")
                                .header("Accept-Encoding", "gzip")
                                .HEAD()
                                .build(),
                        BodyHandlers.ofByteArray());

        // then
        assertThat(head.body()).isEmpty();
        for (String header : List.of("content-encoding", "content-length", "content-type", "vary")) {
            assertThat(head.headers().allValues(header))
                    .as(header)
                    .isEqualTo(get.headers().allValues(header));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "GZip | true",
                "x-gzip | true",
                "deflate, gzip;q=0.1 | true",
                "* | true",
                "'' | false",
                "deflate | false",
                "gzip;q=0 | false",
                "gzip;q=0.000, * | false",
                "*;q=0 | false",
                "gzip;q=x | false",
                "gzip ; q=0.5 | true",
                ",, gzip | true",
                "gzipped | false",
                "gzip;q=0.5, identity;q=1 | false",
                "gzip;q=1, identity;q=0.5 | true",
                "gzip, identity | true",
                "identity;q=0, gzip;q=0.1 | true",
                "identity;q=0.5, *;q=0.9 | true",
                "*;q=0.3, identity;q=0.4 | false",
            })
    void acceptEncodingIsReadAsRfc9110Says(String header, boolean taken) {
        // then
        assertThat(Compression.isTaken(List.of(header))).isEqualTo(taken);
    }

    @Property(tries = 300)
    void anyAcceptEncodingIsRead(@ForAll String header) {
        // when
        boolean taken = Compression.isTaken(List.of(header));

        // then
        assertThat(taken && !header.contains("*"))
                .isEqualTo(taken && header.toLowerCase(Locale.ROOT).contains("gzip"));
    }

    @Property(tries = 100)
    void whatIsCompressedIsTheSameAgain(@ForAll byte[] bytes) throws IOException {
        // then
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Compression.gzip(bytes)))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,true",
        "application/problem+json,true",
        "text/html; charset=utf-8,true",
        "image/svg+xml,true",
        "application/yaml,true",
        "text/javascript,true",
        "image/png,false",
        "application/octet-stream,false",
        "application/zip,false",
    })
    void kindsThatShrinkAreCompressed(String contentType, boolean fits) {
        // then
        assertThat(new Compression(10).fits(Reply.of(200, contentType, new byte[10])))
                .isEqualTo(fits);
        assertThat(new Compression(11).fits(Reply.of(200, contentType, new byte[10])))
                .isFalse();
        assertThat(new Compression(0).fits(Reply.of(200, contentType, new byte[10])))
                .isFalse();
    }
}

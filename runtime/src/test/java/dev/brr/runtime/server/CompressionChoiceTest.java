package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.runtime.dispatch.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are worth it, and who takes them. */
class CompressionChoiceTest {
    private static final byte[] BODY = new byte[100];

    private static boolean fits(Reply reply) {
        return new Compression(100).fits(reply);
    }

    @Test
    void whoSaysNothingTakesNothing() {
        // then
        assertThat(Compression.isTaken(List.of())).isFalse();
        assertThat(Compression.isTaken(List.of("", ""))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br | gzip | true",
                "* | gzip;q=0 | false",
                "gzip;q=0 | * | false",
                "*;q=0 | gzip | true",
                "identity;q=0 | * | true",
                "br;q=0 | deflate;q=0 | false",
                "gzip;q=0 | gzip | false",
            })
    void severalHeadersAreReadAsOneAndWhatNamesGzipGoesBeforeTheStar(String first, String second, boolean taken) {
        // then
        assertThat(Compression.isTaken(List.of(first, second))).isEqualTo(taken);
        assertThat(Compression.isTaken(List.of(first + ", " + second))).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip;q=1, true",
        "gzip;q=1.000, true",
        "gzip;q=0.001, true",
        "gzip;Q=0, false",
        "gzip;q=0., false",
        "gzip;q=, false",
        "gzip;q=-1, false",
        "gzip;q=NaN, false",
        "gzip; x=y; q=0, false",
        "gzip;x=0, true",
        "GZIP;q=0, false",
    })
    void aWeightOfNothingOrOneThatCannotBeReadIsANo(String header, boolean taken) {
        // then
        assertThat(Compression.isTaken(List.of(header))).isEqualTo(taken);
    }

    @Property(tries = 200)
    void theSizeDecidesFromTheFirstByteOn(
            @ForAll @IntRange(max = 300) int size, @ForAll @IntRange(max = 300) int minBytes) {
        // given
        Reply reply = Reply.of(200, "text/plain", new byte[size]);

        // then
        assertThat(new Compression(minBytes).fits(reply)).isEqualTo(minBytes > 0 && size >= minBytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEXT/PLAIN",
                "Application/JSON",
                "application/json;charset=utf-8",
                " application/json ; a=b",
                "application/vnd.api+json",
                "application/atom+xml",
                "application/openapi+yaml",
                "application/openmetrics-text; version=1.0.0",
                "application/x-www-form-urlencoded",
                "application/javascript",
                "text/css",
            })
    void textIsWorthItHoweverItsTypeIsWritten(String contentType) {
        // then
        assertThat(fits(Reply.of(200, contentType, BODY))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "image/jpeg",
                "video/mp4",
                "application/gzip",
                "application/pdf",
                "font/woff2",
                "multipart/form-data; boundary=text/plain",
                "image/png; name=a.json",
            })
    void whatIsCompressedAlreadyOrIsNotKnownIsNot(String contentType) {
        // then
        assertThat(fits(Reply.of(200, contentType, BODY))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding", "content-encoding", "CONTENT-ENCODING"})
    void whatHasACodingKeepsIt(String header) {
        // then
        assertThat(fits(Reply.of(200, "text/plain", BODY).with(header, "br"))).isFalse();
        assertThat(fits(Reply.of(200, "text/plain", BODY).with("X-" + header, "br")))
                .isTrue();
    }

    @Test
    void anAnswerWithoutABodyIsNotCompressed() {
        // then
        assertThat(new Compression(1).fits(Reply.empty(204))).isFalse();
    }

    @Test
    void theSameBytesAreCompressedToTheSame() {
        // given
        byte[] bytes = "words ".repeat(1000).getBytes(StandardCharsets.UTF_8);

        // then
        assertThat(Compression.gzip(bytes)).isEqualTo(Compression.gzip(bytes)).hasSizeLessThan(bytes.length / 10);
    }

    @ParameterizedTest
    @CsvSource({"';', false", "'gzip2, ;', false", "';;,gzip', true", "',;,', false", "';q=1', false"})
    void whatNamesNoCodingIsPassedOver(String header, boolean taken) {
        // when
        boolean found = Compression.isTaken(List.of(header));
        // then
        assertThat(found).isEqualTo(taken);
    }
}

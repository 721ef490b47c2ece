package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.HeaderNames;
import io.helidon.http.Http1HeadersParser;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final int MAX_HEAD = 200;
    private static final Runnable IDLE = () -> {};

    private static RequestReader reader(byte[]... pieces) {
        Queue<byte[]> left = new ArrayDeque<>(List.of(pieces));
        return new RequestReader(left::poll, MAX_HEAD, IDLE);
    }

    private static RequestReader reader(String bytes) {
        return reader(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As Helidon does. */
    private static String requestLine(RequestReader reader) {
        String line = new String(reader.readBytes(reader.findNewLine(1000)), StandardCharsets.ISO_8859_1);
        reader.skip(2);
        return line;
    }

    private static WritableHeaders<?> headers(RequestReader reader) {
        return Http1HeadersParser.readHeaders(reader, 1000, true);
    }

    private static String rest(RequestReader reader, int length) {
        return new String(reader.readBuffer(length).readBytes(), StandardCharsets.ISO_8859_1);
    }

    @Property(tries = 500)
    void aRequestIsTheSameHoweverItComes(@ForAll @Size(max = 12) List<@IntRange(min = 1, max = 30) Integer> sizes) {
        // given
        byte[] all = ("POST /a HTTP/1.0\r\nA: b\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n"
                        + "\r\n\r\nbody"
                        + "GET /b HTTP/1.1\r\nHost: y\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        Queue<byte[]> pieces = new ArrayDeque<>();
        int at = 0;
        for (int size : sizes) {
            int to = Math.min(all.length, at + size);
            if (to > at) {
                pieces.add(Arrays.copyOfRange(all, at, to));
            }
            at = to;
        }
        if (at < all.length) {
            pieces.add(Arrays.copyOfRange(all, at, all.length));
        }
        RequestReader reader = new RequestReader(pieces::poll, MAX_HEAD, IDLE);

        // when
        String first = requestLine(reader);
        boolean firstIsOld = reader.isHttp10();
        WritableHeaders<?> headers = headers(reader);
        String body = rest(reader, 8);
        String second = requestLine(reader);
        boolean secondIsOld = reader.isHttp10();
        WritableHeaders<?> others = headers(reader);

        // then
        assertThat(first).isEqualTo("POST /a HTTP/1.1");
        assertThat(firstIsOld).isTrue();
        assertThat(headers.size()).isEqualTo(3);
        assertThat(headers.get(HeaderNames.HOST).get()).isEqualTo("localhost");
        assertThat(headers.contains(HeaderNames.EXPECT)).isFalse();
        assertThat(body).isEqualTo("\r\n\r\nbody");
        assertThat(second).isEqualTo("GET /b HTTP/1.1");
        assertThat(secondIsOld).isFalse();
        assertThat(others.get(HeaderNames.HOST).get()).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.0, GET / HTTP/1.1, true",
        "GET / HTTP/1.1, GET / HTTP/1.1, false",
        "GET / HTTP/2.0, GET / HTTP/2.0, false",
        "GET / HTTP/11.0, GET / HTTP/11.0, false",
        "GET /xHTTP/1.0, GET /xHTTP/1.0, false",
        "GET /10, GET /10, false",
        "0, 0, false",
        "HTTP/1.0, HTTP/1.0, false",
    })
    void onlyTheVersionOfARequestLineDecides(String line, String handedOn, boolean isOld) {
        // given
        RequestReader reader = reader(line + "\r\n\r\n");

        // then
        assertThat(requestLine(reader)).isEqualTo(handedOn);
        assertThat(reader.isHttp10()).isEqualTo(isOld);
    }

    @Test
    void theValueOfAHeaderIsHandedOnAsItIs() {
        // given
        RequestReader reader = reader("GET / HTTP/1.1\r\nConnection: x HTTP/1.0\r\n\r\n");

        // when
        requestLine(reader);

        // then
        assertThat(headers(reader).get(HeaderNames.CONNECTION).get().strip()).isEqualTo("x HTTP/1.0");
        assertThat(reader.isHttp10()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get / HTTP/1.1", "Get / HTTP/1.1", "GEt / HTTP/1.0", " / HTTP/1.1", "gET"})
    void aMethodThatIsNotWrittenAsOneIsRefused(String line) {
        // then
        assertThatThrownBy(() -> requestLine(reader(line + "\r\n\r\n"))).isInstanceOf(RequestException.class);
    }

    @Test
    void headersWithoutEndAreHandedOnAsTheyAre() {
        // given
        String endless = "A: b\r\n".repeat(100);
        RequestReader reader = reader("GET / HTTP/1.0\r\n" + endless);

        // then: to be refused by whoever counts
        assertThat(requestLine(reader)).isEqualTo("GET / HTTP/1.1");
        assertThat(rest(reader, endless.length())).isEqualTo(endless);
    }

    @Test
    void aHeadThatBreaksOffIsHandedOnAsFarAsItCame() {
        // given
        RequestReader reader = reader(
                "GET / HTTP/1.0\r\n".getBytes(StandardCharsets.US_ASCII), "A".getBytes(StandardCharsets.US_ASCII));

        // then
        assertThat(requestLine(reader)).isEqualTo("GET / HTTP/1.1");
        assertThat(rest(reader, 1)).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "GET / HTTP/1.0"})
    void anEmptyLineBeforeARequestIsPassedOver(String line) {
        // given
        List<String> told = new ArrayList<>();
        Queue<byte[]> pieces = new ArrayDeque<>();
        pieces.add(("\r\n" + line + "\r\nA: b\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        RequestReader reader = new RequestReader(pieces::poll, MAX_HEAD, () -> told.add("idle"));

        // then
        assertThat(requestLine(reader)).isEqualTo("GET / HTTP/1.1");
        assertThat(headers(reader).get(HeaderNames.create("A")).get().strip()).isEqualTo("b");
        assertThat(told).isEmpty();
    }

    @Test
    void anEmptyLineAloneIsNoBeginOfARequest() {
        // given
        List<String> told = new ArrayList<>();
        Queue<byte[]> pieces = new ArrayDeque<>();
        for (String piece : List.of("\r", "\n", "GET / HTTP/1.1\r\n\r\n")) {
            pieces.add(piece.getBytes(StandardCharsets.ISO_8859_1));
        }
        RequestReader reader = new RequestReader(pieces::poll, MAX_HEAD, () -> told.add("idle"));

        // then
        assertThat(requestLine(reader)).isEqualTo("GET / HTTP/1.1");
        assertThat(told).containsExactly("idle");
    }

    @Test
    void aSecondEmptyLineIsNoRequestLine() {
        // then: Helidon refuses the line
        assertThat(requestLine(reader("\r\n\r\nGET / HTTP/1.1\r\n\r\n"))).isEmpty();
    }

    @Test
    void theValueOfAHeaderMayBeEmpty() {
        // given
        RequestReader reader = reader("GET / HTTP/1.1\r\nA:\r\nB: c\r\n\r\n");

        // when
        requestLine(reader);
        WritableHeaders<?> headers = headers(reader);

        // then
        assertThat(headers.get(HeaderNames.create("A")).get()).isEmpty();
        assertThat(headers.get(HeaderNames.create("B")).get().strip()).isEqualTo("c");
    }

    @Test
    void theSizeOfAChunkIsNotPassedOver() {
        // given
        RequestReader reader = reader("POST / HTTP/1.1\r\n\r\n" + "\r\n1\r\na\r\n");

        // when
        requestLine(reader);
        headers(reader);

        // then
        assertThatThrownBy(reader::readLine).isInstanceOf(RequestException.class);
    }
}

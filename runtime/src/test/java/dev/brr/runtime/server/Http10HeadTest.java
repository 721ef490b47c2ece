package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.RequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Http10HeadTest {

    private static String told(String lines) {
        byte[] bytes = lines.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return new String(Http10Head.asHttp11(bytes), StandardCharsets.ISO_8859_1).replace("\r\n", "|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; Host: localhost|Connection: close|",
                "A: b|; A: b|Host: localhost|Connection: close|",
                "Host: x|; Host: x|Connection: close|",
                "HOST:x|A: b|; HOST:x|A: b|Connection: close|",
                "Host: x|Host: y|; Host: x|Host: y|Connection: close|",
                "Connection: keep-alive|; Host: localhost|Connection: keep-alive|",
                "Connection:Keep-Alive|; Host: localhost|Connection: keep-alive|",
                "Connection: x , keep-alive|; Host: localhost|Connection: keep-alive|",
                "Connection: keep-alive|connection: close|; Host: localhost|Connection: close|",
                "Connection: keep-alive-not|; Host: localhost|Connection: close|",
                "Connection:|; Host: localhost|Connection: close|",
                "Keep-Alive: timeout=5|; Keep-Alive: timeout=5|Host: localhost|Connection: close|",
                "Expect: 100-continue|A: b|; A: b|Host: localhost|Connection: close|",
                "no colon|; no colon|Host: localhost|Connection: close|",
                "X: Host: y|; X: Host: y|Host: localhost|Connection: close|",
            })
    void headersAreToldAsHttp11HasThem(String lines, String told) {
        // then
        assertThat(told(lines)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked|", "A: b|TRANSFER-ENCODING:|", "transfer-encoding : x|"})
    void aTransferCodingIsRefused(String lines) {
        // then
        assertThatThrownBy(() -> told(lines)).isInstanceOf(RequestException.class);
    }

    @Property(tries = 500)
    void otherHeadersStayAsTheyAre(@ForAll @Size(max = 8) List<@NotBlank @AlphaChars String> names) {
        // given
        StringBuilder lines = new StringBuilder();
        names.forEach(name -> lines.append("X-").append(name).append(": \u00e4:b\u0001|"));

        // then
        assertThat(told(lines.toString())).isEqualTo(lines + "Host: localhost|Connection: close|");
    }
}

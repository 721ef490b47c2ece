package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {

    private static boolean isValid(String... hosts) {
        WritableHeaders<?> headers = WritableHeaders.create();
        if (hosts.length > 0) {
            headers.set(HeaderValues.create(HeaderNames.HOST, hosts));
        }
        return HostHeader.isValid(headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "localhost",
                "localhost:8080",
                "example.com:",
                "pets.default.svc.cluster.local:80",
                "127.0.0.1:65535",
                "10.0.0.7",
                "my_service:8080",
                "a~b",
                "%41.example.com",
                "a!$&'()*+,;=b",
                "[::1]",
                "[::1]:8080",
                "[2001:db8::7]:0"
            })
    void aHostIsOne(String host) {
        // then
        assertThat(isValid(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a b",
                "a/b",
                "a@b",
                "a?b",
                "a#b",
                "a\\b",
                "a\u0001",
                "\u00e4.example.com",
                "%4",
                "x:80:80",
                "x:-1",
                "x:+1",
                "x:8a",
                "x:65536",
                "x:99999999999999999999",
                "[::1",
                "[]",
                "[::1]x",
                "[::1]:x",
                "::1"
            })
    void anythingElseIsNone(String host) {
        // then
        assertThat(isValid(host)).isFalse();
    }

    @Test
    void thereIsExactlyOne() {
        // then
        assertThat(isValid()).isFalse();
        assertThat(isValid("x", "x")).isFalse();
        assertThat(isValid("x", "y")).isFalse();
    }

    @Property(tries = 1000)
    void whateverItIsThereIsAnAnswer(@ForAll("texts") String host) {
        // then
        assertThatCode(() -> HostHeader.isValid(host)).doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "1", ".", "-", ":", "[", "]", "%", "4", "v1.", "_", " ", "::", "255.", "\u00e4")
                .list()
                .ofMaxSize(7)
                .map(pieces -> String.join("", pieces));
    }
}

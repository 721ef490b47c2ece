package dev.brr.operator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRegistryTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "registry.example/shop/petstore:1,      registry.example/shop/petstore@",
        "registry.example:5000/shop/petstore:1, registry.example:5000/shop/petstore@",
        "registry.example/shop/petstore,        registry.example/shop/petstore@",
        "localhost:5000/base,                   localhost:5000/base@",
        "eclipse-temurin:25-jre,                eclipse-temurin@",
        "eclipse-temurin,                       eclipse-temurin@",
        "library/eclipse-temurin:25-jre,        eclipse-temurin@",
        "team/base:1,                           team/base@",
    })
    void aTagIsReplacedByTheDigest(String reference, String expected) throws Exception {
        // given
        // when
        var byDigest = ImageRegistry.byDigest(reference, DIGEST);
        // then
        assertThat(byDigest).isEqualTo(expected + DIGEST);
    }

    @Test
    void anotherDigestIsReplacedToo() throws Exception {
        // given
        var reference = "registry.example/base@sha256:" + "f".repeat(64);
        // when
        var byDigest = ImageRegistry.byDigest(reference, DIGEST);
        // then
        assertThat(byDigest).isEqualTo("registry.example/base@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "registry.example/a:b:c", "a b", "a@sha256:0123"})
    void whatIsNoReferenceIsRefused(String reference) {
        // given
        // when
        // then
        assertThatThrownBy(() -> ImageRegistry.byDigest(reference, DIGEST))
                .isInstanceOf(InvalidImageReferenceException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example:5000, registry.example:5000/shop/petstore:1, true",
        "registry.example:5000, registry.example:5000/base,            true",
        "registry.example,      registry.example/shop/petstore,        true",
        "registry.example:5000, registry.example:5001/shop/petstore,   false",
        "registry.example:5000, registry.example/shop/petstore,        false",
        "registry.example,      registry.example:5000/shop/petstore,   false",
        "registry.example,      registry.example.org/shop/petstore,    false",
        "registry.example,      other.example/registry.example/x,      false",
        "registry.example:5000, eclipse-temurin:25-jre,                false",
        "'',                    registry.example/shop/petstore,        false",
        "'',                    /shop/petstore,                        false",
    })
    void onlyTheOneHostMayBeSpokenToWithoutTls(String insecureHost, String reference, boolean allowed) {
        // given
        var registry = new ImageRegistry(insecureHost, null);
        // when
        var allows = registry.allowsInsecure(reference);
        // then
        assertThat(allows).isEqualTo(allowed);
    }

    @Test
    void aReferenceByDigestNeedsNoRegistry() throws Exception {
        // given
        var registry = new ImageRegistry("", null);
        // when
        var digest = registry.digest("no-such-host.invalid/base@" + DIGEST, null);
        // then
        assertThat(digest).contains(DIGEST);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNamed() throws Exception {
        // given
        var host = "localhost:" + closedPort();
        var registry = new ImageRegistry(host, null);
        // when
        // then
        assertThatThrownBy(() -> registry.digest(host + "/base:1", null))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the registry " + host + " cannot be reached: ");
    }

    static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOriginTest {
    private static final JWKSet FIRST = new JWKSet(TestTokens.FIRST).toPublicJWKSet();

    @TempDir
    private Path folder;

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String page = pages.get(exchange.getRequestURI().getPath());
            byte[] body = (page == null ? "" : page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static KeyOrigin origin(String place) {
        return KeyOrigin.parse(place).orElseThrow();
    }

    private KeyOrigin file(String text) throws IOException {
        return new KeyOrigin.OfFile(Files.writeString(folder.resolve("keys.json"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ftp://a/keys",
                "file:///keys.json",
                "https://",
                "https://user@a/",
                "https://u:p@a/",
                "https://a b/",
                "HTTPS//:x://"
            })
    void otherPlacesAreNone(String place) {
        // then
        assertThat(KeyOrigin.parse(place)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"keys.json, OfFile", "/etc/keys.json, OfFile", "https://a/keys, OfUrl", "http://a:8080/k?x=1, OfUrl"})
    void aPlaceIsAFileOrAnUrl(String place, String kind) {
        // then
        assertThat(origin(place).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(origin(place)).hasToString(place);
    }

    @Test
    void keysAreReadFromAFileAndAServer() throws IOException {
        // given
        pages.put("/keys", TestTokens.set(TestTokens.FIRST));

        // then
        assertThat(file(TestTokens.set(TestTokens.FIRST)).fetch()).isEqualTo(FIRST);
        assertThat(origin(url("/keys")).fetch()).isEqualTo(FIRST);
    }

    @Test
    void onlyPublicKeysAreKept() throws IOException {
        // given
        String everything = new JWKSet(List.of(TestTokens.FIRST)).toString(false);

        // then
        assertThat(file(everything).fetch().containsNonPublicKeys()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | it is not a JWK Set",
                "[] | it is not a JWK Set",
                "nonsense | it is not a JWK Set",
                "'' | it is not a JWK Set",
                "{\"keys\": 1} | it is not a JWK Set",
                "{\"keys\": []} | it has no public key",
                "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}]} | it has no public key",
            })
    void whatHasNoKeysIsRefused(String text, String reason) throws IOException {
        // given
        KeyOrigin origin = file(text);

        // then
        assertThatThrownBy(origin::fetch).isInstanceOf(IOException.class).hasMessageStartingWith(reason);
    }

    @Test
    void moreThanAMebibyteIsNotRead() throws IOException {
        // given
        String large = " ".repeat(KeyOrigin.MAX_BYTES) + TestTokens.set(TestTokens.FIRST);
        KeyOrigin file = file(large);
        pages.put("/keys", large);

        // then
        assertThatThrownBy(file::fetch).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> origin(url("/keys")).fetch()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/keys", "http://no-such-host.invalid/keys"})
    void aServerThatIsNotThereIsOutOfReach(String place) {
        // then
        assertThatThrownBy(() -> origin(place).fetch()).isInstanceOf(IOException.class);
    }

    @Test
    void anErrorIsNoKeySet() {
        // then
        assertThatThrownBy(() -> origin(url("/keys")).fetch()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"issuer\": \"https://i/\", \"jwks_uri\": \"KEYS\"} | none",
                "{\"issuer\": \"https://other/\", \"jwks_uri\": \"KEYS\"} | the description is of another issuer",
                "{\"jwks_uri\": \"KEYS\"} | the description is of another issuer",
                "{\"issuer\": \"https://i/\"} | the description names no jwks_uri",
                "{\"issuer\": \"https://i/\", \"jwks_uri\": \"/etc/passwd\"} | the description names no jwks_uri",
                "{\"issuer\": \"https://i/\", \"jwks_uri\": \"file:///etc/passwd\"} | the description names no jwks_uri",
                "[] | the description is of another issuer",
                "{ | the description of the provider is not a JSON object",
            })
    void aProvidersDescriptionNamesItsKeys(String description, String mistake) throws IOException {
        // given
        pages.put("/keys", TestTokens.set(TestTokens.FIRST));
        pages.put("/.well-known/openid-configuration", description.replace("KEYS", url("/keys")));
        KeyOrigin provider =
                new KeyOrigin.OfProvider(URI.create(url("/.well-known/openid-configuration")), "https://i/");

        // then
        if (mistake.equals("none")) {
            assertThat(provider.fetch()).isEqualTo(FIRST);
        } else {
            assertThatThrownBy(provider::fetch).isInstanceOf(IOException.class).hasMessageStartingWith(mistake);
        }
    }

    private static KeyOrigin.OfUrl keys(String provider, String keys) throws IOException {
        return new KeyOrigin.OfProvider(URI.create(provider + "/.well-known/openid-configuration"), "https://i/")
                .keys(Map.of("issuer", "https://i/", "jwks_uri", keys));
    }

    @ParameterizedTest
    @CsvSource({
        "https://i, https://i/keys",
        "https://i, https://keys.example/all?of=i",
        "http://127.0.0.1:8080, http://127.0.0.1:8080/keys",
        "http://127.0.0.1:8080, https://i/keys"
    })
    void keysComeAsSafelyAsTheDescriptionOrMoreSo(String provider, String keys) throws IOException {
        // then
        assertThat(keys(provider, keys)).isEqualTo(new KeyOrigin.OfUrl(URI.create(keys)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://i/keys", "http://127.0.0.1/keys", "http://i:443/keys"})
    void keysOfADescriptionThatComesByHttpsComeByHttpsToo(String keys) {
        // then
        assertThatThrownBy(() -> keys("https://i", keys))
                .isInstanceOf(IOException.class)
                .hasMessage("the description comes by https and names keys that do not, " + keys);
    }
}

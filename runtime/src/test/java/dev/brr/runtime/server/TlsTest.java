package dev.brr.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.config.BlackBoxSettings;
import dev.brr.runtime.config.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with certificates made by keytool. */
class TlsTest {
    private static final String MEMBERS =
            "paths: {/a: {get: {responses: {'200': {description: d, content: {text/plain: {example: hello}}}}}}}";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private TlsSettings settings;

    @BeforeEach
    void settings() {
        settings = new TlsSettings(folder.resolve("tls.crt"), folder.resolve("tls.key"), Duration.ofMillis(100));
    }

    private void write(Path certificate, Path key, String name, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + algorithm + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        Certificate made = keys.getCertificate("a");
        Key privateKey = keys.getKey("a", "changeit".toCharArray());
        Files.writeString(certificate, pem("CERTIFICATE", made.getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", privateKey.getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }

    private TestService start() throws IOException, StartupException {
        return TestService.start(MEMBERS, Map.of(), config -> config.withListen(listen -> listen.withTls(settings)));
    }

    /** What a port answers by TLS, with the name on its certificate before it. */
    private static String get(int port) throws IOException, GeneralSecurityException {
        try (RawClient client = RawClient.byTls(port)) {
            String answer = client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .readToEnd();
            return client.server() + " " + answer;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void theServiceAnswersByTls(String algorithm) throws Exception {
        // given
        write(settings.certificateFile(), settings.keyFile(), "one", algorithm);

        // when
        try (TestService service = start()) {
            // then
            assertThat(get(service.server().port()))
                    .startsWith("CN=one HTTP/1.1 200 ")
                    .endsWith("hello");
        }
    }

    /** As cert-manager writes it. */
    @Test
    void aKeyMayBeInTheOlderFormOfRsa() throws Exception {
        // given
        write(settings.certificateFile(), settings.keyFile(), "one", "RSA");
        String pkcs8 = Files.readString(settings.keyFile()).replaceAll("-----.*-----|\\s", "");
        byte[] bytes = Base64.getDecoder().decode(pkcs8);
        // PKCS #8 of RSA is an envelope of 26 bytes around PKCS #1.
        Files.writeString(settings.keyFile(), pem("RSA PRIVATE KEY", Arrays.copyOfRange(bytes, 26, bytes.length)));

        // when
        try (TestService service = start()) {
            // then
            assertThat(get(service.server().port())).startsWith("CN=one HTTP/1.1 200 ");
        }
    }

    private static void shows(TestService service, String name) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> get(service.server().port()).startsWith("CN=" + name + " HTTP/1.1 200 "));
    }

    /** The one after nonsense is a third one, so that what is served then cannot be the old one that stayed. */
    @Test
    void eachCertificateThatChangesIsReadAnewAndOneThatIsNoneKeepsTheOldOne() throws Exception {
        // given
        write(settings.certificateFile(), settings.keyFile(), "one", "EC");
        try (LoggedLines log = new LoggedLines();
                TestService service = start()) {
            assertThat(get(service.server().port())).startsWith("CN=one ");

            // when
            write(settings.certificateFile(), settings.keyFile(), "two", "RSA");

            // then
            shows(service, "two");
            log.clear();

            // when
            Files.writeString(settings.certificateFile(), "nonsense");

            // then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> log.has("The TLS certificate is not read anew, the old one stays: "));
            assertThat(get(service.server().port())).startsWith("CN=two HTTP/1.1 200 ");

            // when
            write(settings.certificateFile(), settings.keyFile(), "three", "EC");

            // then
            shows(service, "three");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> log.has("The TLS certificate is read anew from " + settings.certificateFile()));
        }
    }

    @Test
    void aKeyThatGoesAwayKeepsTheOldOne() throws Exception {
        // given
        write(settings.certificateFile(), settings.keyFile(), "one", "EC");
        try (LoggedLines log = new LoggedLines();
                TestService service = start()) {
            // when
            Files.delete(settings.keyFile());

            // then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> log.has("the old one stays: there is no file " + settings.keyFile()));
            assertThat(get(service.server().port())).startsWith("CN=one HTTP/1.1 200 ");
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        // given
        write(settings.certificateFile(), folder.resolve("other.key"), "one", "EC");
        write(folder.resolve("other.crt"), settings.keyFile(), "two", "EC");

        // then
        assertThatThrownBy(this::start)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("tls.crt")
                .hasMessageContaining("the key is not that of the first certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void filesThatHoldNoCertificateAreRefused(String text) throws Exception {
        // given
        write(settings.certificateFile(), settings.keyFile(), "one", "EC");
        Files.writeString(settings.certificateFile(), text);

        // then
        assertThatThrownBy(this::start)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("TLS cannot be served from ");
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        // then
        assertThatThrownBy(this::start).isInstanceOf(StartupException.class).hasMessageContaining("tls.crt");
    }

    /** The mark that a run leaves while it lasts would tell the next one that this one was killed. */
    @Test
    void aStartThatIsRefusedLeavesNoMarkOfARunThatWasKilled() throws Exception {
        // given
        Path kept = folder.resolve("kept");
        assertThatThrownBy(() -> keepingEvidence(kept)).isInstanceOf(StartupException.class);
        write(settings.certificateFile(), settings.keyFile(), "one", "EC");
        // when
        boolean marked = Files.exists(kept.resolve("running"));
        // then
        assertThat(marked).isFalse();
        assertThat(kept).isDirectory();
        try (TestService _ = keepingEvidence(kept)) {
            assertThat(kept.resolve("running")).exists();
        }
    }

    private TestService keepingEvidence(Path kept) throws IOException, StartupException {
        return TestService.start(
                MEMBERS,
                Map.of(),
                config -> config.withListen(listen -> listen.withTls(settings))
                        .withMemory(memory -> memory.withLimitBytes(
                                        Runtime.getRuntime().maxMemory() * 4)
                                .withBlackBox(BlackBoxSettings.DEFAULTS.withDirectory(kept))));
    }

    @Test
    void whoSpeaksPlainHttpToATlsPortGetsNoAnswerAndDoesNoHarm() throws Exception {
        // given
        write(settings.certificateFile(), settings.keyFile(), "one", "EC");
        try (TestService service = start()) {
            // then
            assertThatThrownBy(() -> service.get("/a")).isInstanceOf(IOException.class);
            assertThat(List.of(get(service.server().port()).split(" "))).contains("200");
        }
    }
}

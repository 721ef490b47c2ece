package dev.brr.runtime.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brr.runtime.config.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of TLS may hold; that a service answers by them is held elsewhere. */
class TlsFilesTest {
    @SuppressWarnings("NullAway.Init") // before all tests
    private static KeyPair one;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static KeyPair two;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static KeyPair rsa;

    @TempDir
    private Path folder;

    @BeforeAll
    static void keys() throws GeneralSecurityException {
        one = Certificates.keys("EC", 256);
        two = Certificates.keys("EC", 256);
        rsa = Certificates.keys("RSA", 2048);
    }

    private static TlsFiles files(String certificate, String key) {
        return new TlsFiles(certificate.getBytes(US_ASCII), key.getBytes(US_ASCII));
    }

    private static List<String> served(TlsFiles files) throws GeneralSecurityException {
        return files.tls().prototype().privateKeyCertChain().stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }

    private TlsSettings settings() {
        return new TlsSettings(folder.resolve("tls.crt"), folder.resolve("tls.key"), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"EC,256", "EC,384", "EC,521", "RSA,2048"})
    void aCertificateAndItsKeyAreServed(String algorithm, int bits) throws GeneralSecurityException {
        // given
        KeyPair keys = Certificates.keys(algorithm, bits);

        // then
        assertThat(served(files(Certificates.certificate("a", keys), Certificates.key(keys))))
                .containsExactly("CN=a");
    }

    @Test
    void theChainIsServedInItsOrder() throws GeneralSecurityException {
        // given
        String chain = Certificates.issued("leaf", one, "issuer", two) + Certificates.certificate("issuer", two);

        // then
        assertThat(served(files(chain, Certificates.key(one)))).containsExactly("CN=leaf", "CN=issuer");
    }

    @Test
    void aChainThatBeginsWithTheIssuerIsRefused() throws GeneralSecurityException {
        // given
        String chain = Certificates.certificate("issuer", two) + Certificates.issued("leaf", one, "issuer", two);

        // then
        assertThatThrownBy(() -> files(chain, Certificates.key(one)).tls())
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageStartingWith("the key is not that of the first certificate");
    }

    @Test
    void aChainWithACertificateThatDidNotIssueTheOneBeforeIsRefused() throws GeneralSecurityException {
        // given
        String leaf = Certificates.issued("leaf", one, "issuer", two);
        List<String> strangers = List.of(
                Certificates.certificate("stranger", rsa),
                Certificates.certificate("issuer", rsa),
                Certificates.certificate("other", two));

        // then
        for (String stranger : strangers) {
            assertThatThrownBy(
                            () -> files(leaf + stranger, Certificates.key(one)).tls())
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessageContaining("did not issue CN=leaf")
                    .hasMessageContaining("put the service's own certificate first");
        }
    }

    @Test
    void aKeyOfAnotherPairOrKindIsRefused() throws GeneralSecurityException {
        // given
        String certificate = Certificates.certificate("a", one);

        // then
        for (KeyPair other : List.of(two, rsa)) {
            assertThatThrownBy(() -> files(certificate, Certificates.key(other)).tls())
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessageStartingWith("the key is not that of the first certificate");
        }
    }

    @Test
    void linesMayEndAsOnWindows() throws GeneralSecurityException {
        // given
        String certificate = Certificates.certificate("a", rsa).replace("\n", "\r\n");
        String key = Certificates.key(rsa).replace("\n", "\r\n");

        // then
        assertThat(served(files(certificate, key))).containsExactly("CN=a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "nonsense",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n****\n-----END PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n",
            })
    void aKeyFileWithoutAKeyIsRefusedAndNothingElseIsThrown(String key) throws GeneralSecurityException {
        // given
        String certificate = Certificates.certificate("a", one);

        // then
        assertThatThrownBy(() -> files(certificate, key).tls()).isInstanceOf(GeneralSecurityException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n****\n-----END CERTIFICATE-----\n",
            })
    void aCertificateFileWithoutOneIsRefusedAndNothingElseIsThrown(String certificate) {
        // then
        assertThatThrownBy(() -> files(certificate, Certificates.key(one)).tls())
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void filesInEachOthersPlaceAreRefused() throws GeneralSecurityException {
        // given
        String certificate = Certificates.certificate("a", one);

        // then
        assertThatThrownBy(() -> files(Certificates.key(one), certificate).tls())
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aRefusalShowsNothingOfTheKey() throws GeneralSecurityException {
        // given
        String secret = Certificates.key(one).lines().skip(1).findFirst().orElseThrow();
        String cut = Certificates.key(one).replace("-----END PRIVATE KEY-----", "");

        // then
        String certificate = Certificates.certificate("a", one);
        assertThatThrownBy(() -> files(certificate, cut).tls())
                .isInstanceOf(GeneralSecurityException.class)
                .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain(secret));
    }

    @Test
    void filesAreReadFromTheirPlaces() throws IOException {
        // given
        Files.writeString(settings().certificateFile(), "c");
        Files.writeString(settings().keyFile(), "k");

        // then
        assertThat(TlsFiles.read(settings()).isSameAs(files("c", "k"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls.crt", "tls.key"})
    void aFileThatIsMissingIsNamed(String there) throws IOException {
        // given
        Files.writeString(folder.resolve(there), "x");

        // then
        assertThatThrownBy(() -> TlsFiles.read(settings()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(there.equals("tls.crt") ? "tls.key" : "tls.crt");
    }

    @ParameterizedTest
    @CsvSource({"c,k,true", "d,k,false", "c,l,false", "'',k,false", "cc,k,false", "k,c,false"})
    void filesAreTheSameWhenBothHoldTheSame(String certificate, String key, boolean same) {
        // then
        assertThat(files("c", "k").isSameAs(files(certificate, key))).isEqualTo(same);
    }
}

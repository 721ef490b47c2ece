package dev.brr.runtime.server;

import dev.brr.runtime.config.TlsSettings;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/**
 * The files of TLS as they were read.
 *
 * @param certificate the bytes of the certificate file
 * @param key the bytes of the key file
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
record TlsFiles(byte[] certificate, byte[] key) {
    private static final byte[] SAMPLE = {1, 2, 3};

    /** Reads the files. */
    static TlsFiles read(TlsSettings settings) throws IOException {
        return new TlsFiles(Files.readAllBytes(settings.certificateFile()), Files.readAllBytes(settings.keyFile()));
    }

    boolean isSameAs(TlsFiles other) {
        return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
    }

    /**
     * Makes TLS of them.
     *
     * @throws GeneralSecurityException when they are no certificate and key, or not of one another
     */
    Tls tls() throws GeneralSecurityException {
        PrivateKey privateKey;
        List<X509Certificate> chain;
        try {
            Keys keys = Keys.builder()
                    .pem(pem -> pem.key(Resource.create("the key file", key))
                            .certChain(Resource.create("the certificate file", certificate)))
                    .build();
            privateKey = keys.privateKey()
                    .orElseThrow(() -> new GeneralSecurityException("the key file holds no private key"));
            chain = keys.certChain();
        } catch (RuntimeException e) {
            throw new GeneralSecurityException(String.valueOf(e.getMessage()), e);
        }
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("the certificate file holds no certificate");
        }
        if (!belong(privateKey, chain.getFirst().getPublicKey())) {
            throw new GeneralSecurityException("the key is not that of the first certificate; the file of"
                    + " certificates has to begin with the one that the key was made for");
        }
        checkOrder(chain);
        try {
            return Tls.builder()
                    .privateKey(privateKey)
                    .privateKeyCertChain(chain)
                    .build();
        } catch (RuntimeException e) {
            throw new GeneralSecurityException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Each certificate has to be issued by the one after it (RFC 8446, section 4.4.2). */
    private static void checkOrder(List<X509Certificate> chain) throws GeneralSecurityException {
        for (int i = 1; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i - 1);
            X509Certificate issuer = chain.get(i);
            boolean named = certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
            if (!named || !vouches(issuer, certificate)) {
                throw new GeneralSecurityException("in the certificate file, "
                        + issuer.getSubjectX500Principal() + " did not issue " + certificate.getSubjectX500Principal()
                        + ", which stands before it; put the service's own certificate first and after each the one"
                        + " that issued it, and leave others out");
            }
        }
    }

    private static boolean vouches(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static boolean belong(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
            return false;
        }
        String algorithm = publicKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(privateKey);
        signer.update(SAMPLE);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(publicKey);
        verifier.update(SAMPLE);
        return verifier.verify(signature);
    }
}

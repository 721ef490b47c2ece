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
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
        return Tls.builder().privateKey(privateKey).privateKeyCertChain(chain).build();
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

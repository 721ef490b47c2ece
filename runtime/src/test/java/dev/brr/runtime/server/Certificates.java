package dev.brr.runtime.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Makes certificates (RFC 5280, version 1) without any process. */
final class Certificates {
    private static final byte[] ECDSA_SHA256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};
    private static final byte[] RSA_SHA256 = {
        6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 0x0b, 5, 0
    };
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};

    private Certificates() {}

    static KeyPair keys(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    /** A certificate of a name for a pair of keys, which vouches for itself, in PEM. */
    static String certificate(String name, KeyPair keys) throws GeneralSecurityException {
        return issued(name, keys, name, keys);
    }

    /** A certificate of a name for a pair of keys, for which an issuer vouches, in PEM. */
    static String issued(String name, KeyPair keys, String issuer, KeyPair issuersKeys)
            throws GeneralSecurityException {
        boolean rsa = issuersKeys.getPrivate().getAlgorithm().equals("RSA");
        byte[] algorithm = der(0x30, rsa ? RSA_SHA256 : ECDSA_SHA256);
        byte[] validity = der(0x30, time("200101000000Z"), time("491231235959Z"));
        byte[] content = der(
                0x30,
                new byte[] {2, 1, 1},
                algorithm,
                distinguished(issuer),
                validity,
                distinguished(name),
                keys.getPublic().getEncoded());
        Signature signer = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
        signer.initSign(issuersKeys.getPrivate());
        signer.update(content);
        return pem("CERTIFICATE", der(0x30, content, algorithm, der(3, new byte[] {0}, signer.sign())));
    }

    /** The private key in PEM (PKCS #8). */
    static String key(KeyPair keys) {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    static String pem(String what, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }

    private static byte[] distinguished(String name) {
        return der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, name.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(String text) {
        return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A tag, the length of the parts together, and the parts. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 128) {
            out.write(length);
        } else if (length < 256) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}

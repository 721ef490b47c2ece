package dev.brr.runtime.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens as an issuer makes them, and as nobody should. */
public final class TestTokens {
    public static final String ISSUER = "https://id.example.com/";
    public static final String AUDIENCE = "pets";

    /** Keys are made once: that takes longer than all the tests that use them. */
    public static final RSAKey FIRST = rsa("first");

    public static final RSAKey SECOND = rsa("second");
    public static final ECKey CURVE = ec("curve");

    private final JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    private JWK key = FIRST;
    private JWSAlgorithm algorithm = JWSAlgorithm.RS256;
    private @Nullable String keyId = "first";
    private @Nullable JOSEObjectType type = JOSEObjectType.JWT;

    private TestTokens() {}

    /** A token that is good from now on for five minutes. */
    public static TestTokens good() {
        return goodAt(Instant.now());
    }

    public static TestTokens goodAt(Instant now) {
        TestTokens token = new TestTokens();
        token.claims
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("ann")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        return token;
    }

    public static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JWK Set of public keys. */
    public static String set(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    public TestTokens with(String claim, @Nullable Object value) {
        claims.claim(claim, value);
        return this;
    }

    public TestTokens expires(Instant moment) {
        claims.expirationTime(Date.from(moment));
        return this;
    }

    public TestTokens notBefore(Instant moment) {
        claims.notBeforeTime(Date.from(moment));
        return this;
    }

    public TestTokens scope(String scope) {
        return with("scope", scope);
    }

    public TestTokens signedBy(JWK by) {
        key = by;
        keyId = by.getKeyID();
        algorithm = by instanceof ECKey ? JWSAlgorithm.ES256 : algorithm;
        return this;
    }

    public TestTokens algorithm(JWSAlgorithm other) {
        algorithm = other;
        return this;
    }

    public TestTokens keyId(@Nullable String id) {
        keyId = id;
        return this;
    }

    public TestTokens type(@Nullable String name) {
        type = name == null ? null : new JOSEObjectType(name);
        return this;
    }

    public String text() {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(keyId).type(type).build(), claims.build());
            jwt.sign(signer());
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWSSigner signer() throws JOSEException {
        if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
            // What an attacker tries who hopes that the public key is taken for a shared secret.
            return new MACSigner(key.toRSAKey().toRSAPublicKey().getEncoded());
        }
        return key instanceof ECKey curve ? new ECDSASigner(curve) : new RSASSASigner(key.toRSAKey());
    }
}

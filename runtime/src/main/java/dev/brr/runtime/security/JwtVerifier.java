package dev.brr.runtime.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed JWTs (RFC 7519) by public keys, as RFC 8725 advises: algorithms pinned, issuer and audience asked for.
 *
 * <p>A token has to have {@code exp}; {@code nbf} is kept if there is one. Its {@code typ} is {@code JWT}, {@code at+jwt}
 * (RFC 9068) or absent.
 */
public final class JwtVerifier implements TokenVerifier {
    /** A longer token is refused unread; characters. */
    static final int MAX_LENGTH = 8 * 1024;

    private final String scheme;
    private final RotatingKeys keys;
    private final InstantSource clock;
    private final long leewayMillis;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final VerifiedTokens verified = new VerifiedTokens();

    /**
     * @param scheme the scheme's name in the document
     * @param origin where the keys come from
     * @param keysFreshFor how long keys serve before they are fetched again
     */
    public JwtVerifier(String scheme, JwtPolicy policy, KeyOrigin origin, Duration keysFreshFor) {
        this(scheme, policy, origin, keysFreshFor, InstantSource.system(), System::nanoTime);
    }

    JwtVerifier(
            String scheme,
            JwtPolicy policy,
            KeyOrigin origin,
            Duration keysFreshFor,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.scheme = scheme;
        this.clock = clock;
        this.leewayMillis = policy.leeway().toMillis();
        this.keys = new RotatingKeys(scheme, origin, keysFreshFor, nanoTime);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(policy.algorithms(), keys));
        ClaimsVerifier claims = new ClaimsVerifier(policy, clock);
        claims.setMaxClockSkew((int) policy.leeway().toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    @Override
    public void onFailedFetch(Runnable listener) {
        keys.onFailedFetch(listener);
    }

    private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final InstantSource clock;

        ClaimsVerifier(JwtPolicy policy, InstantSource clock) {
            super(
                    policy.audiences(),
                    new JWTClaimsSet.Builder().issuer(policy.issuer()).build(),
                    Set.of("exp"),
                    Set.of());
            this.clock = clock;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public TokenOutcome verify(String token) {
        if (token.length() > MAX_LENGTH) {
            return new TokenOutcome.Rejected(TokenFault.MALFORMED);
        }
        try {
            RotatingKeys.Keys now = keys.current();
            byte[] digest = VerifiedTokens.digest(token);
            TokenOutcome.Verified known = verified.find(digest, now, clock.millis());
            return known == null ? verify(token, digest, now) : known;
        } catch (RotatingKeys.OutOfReachException e) {
            return new TokenOutcome.Unverifiable(e.retryAfter());
        }
    }

    private TokenOutcome verify(String token, byte[] digest, RotatingKeys.Keys seen)
            throws RotatingKeys.OutOfReachException {
        SignedJWT jwt;
        try {
            jwt = SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException _) {
            return new TokenOutcome.Rejected(TokenFault.MALFORMED);
        }
        try {
            JWTClaimsSet claims = processor.process(jwt, null);
            TokenOutcome.Verified outcome = new TokenOutcome.Verified(TokenClaims.principal(scheme, claims));
            if (keys.current().edition() == seen.edition()) {
                // Else it is not known whether the keys of now have let it pass.
                verified.remember(digest, seen, expiry(claims), clock.millis(), outcome);
            }
            return outcome;
        } catch (RotatingKeys.OutOfReachException e) {
            throw e;
        } catch (BadJOSEException | JOSEException e) {
            return new TokenOutcome.Rejected(fault(e));
        }
    }

    private static TokenFault fault(Exception e) {
        return switch (e) {
            case ExpiredJWTException _ -> TokenFault.EXPIRED;
            case BadJWTException _ -> TokenFault.CLAIMS;
            case BadJWSException _ -> TokenFault.SIGNATURE;
            default -> TokenFault.KEY;
        };
    }

    private long expiry(JWTClaimsSet claims) {
        @Nullable Date expires = claims.getExpirationTime();
        return expires == null ? 0 : expires.getTime() + leewayMillis;
    }
}

package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.brr.runtime.handler.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private Instant now = NOW;
    private final Keys keys = new Keys(TestTokens.FIRST, TestTokens.CURVE);
    private final JwtVerifier verifier = verifier("RS256", "ES256");

    /** Keys at hand, and how often they were asked for. */
    private static final class Keys implements KeyOrigin {
        private final AtomicInteger fetches = new AtomicInteger();
        private JWKSet set;

        Keys(JWK... keys) {
            set = new JWKSet(List.of(keys)).toPublicJWKSet();
        }

        @Override
        public JWKSet fetch() throws IOException {
            fetches.incrementAndGet();
            if (set.isEmpty()) {
                throw new IOException("out of reach");
            }
            return set;
        }
    }

    private JwtVerifier verifier(String... algorithms) {
        JwtPolicy policy =
                JwtPolicy.of(TestTokens.ISSUER, List.of(TestTokens.AUDIENCE, "dogs"), List.of(algorithms), LEEWAY);
        return new JwtVerifier(
                "Bearer",
                policy,
                keys,
                Duration.ofMinutes(5),
                () -> now,
                () -> Duration.between(NOW, now).toNanos());
    }

    private static TestTokens good() {
        return TestTokens.goodAt(NOW);
    }

    private String fault(TestTokens token) {
        return fault(token.text());
    }

    private String fault(String token) {
        return switch (verifier.verify(token)) {
            case TokenOutcome.Verified _ -> "none";
            case TokenOutcome.Rejected rejected -> rejected.fault().name();
            case TokenOutcome.Unverifiable _ -> "unverifiable";
        };
    }

    @Test
    void aGoodTokenSaysWhoHoldsIt() {
        // when
        TokenOutcome outcome =
                verifier.verify(good().scope("read write").with("team", "cats").text());

        // then
        assertThat(outcome).isInstanceOfSatisfying(TokenOutcome.Verified.class, verified -> {
            Principal principal = verified.principal();
            assertThat(principal.scheme()).isEqualTo("Bearer");
            assertThat(principal.name()).isEqualTo("ann");
            assertThat(principal.scopes()).isEqualTo(Set.of("read", "write"));
            assertThat(principal.claims()).containsEntry("team", "cats").containsEntry("exp", NOW.plusSeconds(300));
            assertThat(verified.granted().principals()).containsExactly(principal);
        });
    }

    @Test
    void aTokenSignedOnACurveIsGood() {
        // then
        assertThat(fault(good().signedBy(TestTokens.CURVE))).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void theAlgorithmsThatAreConfiguredAreTakenAndNoOthers(String algorithm) {
        // given
        String token = good().algorithm(JWSAlgorithm.parse(algorithm)).text();
        String[] others = JwtPolicy.ALGORITHMS.stream()
                .filter(other -> !other.equals(algorithm))
                .toArray(String[]::new);

        // then
        assertThat(verifier(algorithm).verify(token)).isInstanceOf(TokenOutcome.Verified.class);
        assertThat(verifier(others).verify(token)).isEqualTo(new TokenOutcome.Rejected(TokenFault.KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void aPublicKeyIsNoSharedSecret(String algorithm) {
        // then
        assertThat(fault(good().algorithm(JWSAlgorithm.parse(algorithm)))).isEqualTo("KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void aTokenWithoutSignatureIsMalformed(String algorithm) {
        // given
        String[] parts = good().text().split("\\.");
        String header = encoded("{\"alg\":\"" + algorithm + "\",\"kid\":\"first\"}");

        // then
        assertThat(fault(header + "." + parts[1] + ".")).isIn("MALFORMED", "KEY");
        assertThat(fault(header + "." + parts[1] + "." + parts[2])).isIn("MALFORMED", "KEY");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anotherKeyOfTheSameNameHasAnotherSignature() {
        // then
        assertThat(fault(good().signedBy(TestTokens.SECOND).keyId("first"))).isEqualTo("SIGNATURE");
    }

    @Test
    void aChangedPayloadHasAnotherSignature() {
        // given
        String[] mine = good().text().split("\\.");
        String[] its = good().with("sub", "root").text().split("\\.");

        // then
        assertThat(fault(mine[0] + "." + its[1] + "." + mine[2])).isEqualTo("SIGNATURE");
    }

    @Test
    void aTokenNeedNotNameItsKey() {
        // then
        assertThat(fault(good().keyId(null))).isEqualTo("none");
        assertThat(fault(good().signedBy(TestTokens.SECOND).keyId(null))).isEqualTo("SIGNATURE");
    }

    @ParameterizedTest
    @CsvSource({"JWT, none", "jwt, none", "at+jwt, none", ", none", "secevent+jwt, KEY", "JOSE, KEY"})
    void theTypeIsThatOfATokenOrAbsent(String type, String fault) {
        // then
        assertThat(fault(good().type(type))).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example.com/, none",
        "https://id.example.com, CLAIMS",
        "https://evil.example.com/, CLAIMS",
        ", CLAIMS",
    })
    void theIssuerIsTheOneConfigured(String issuer, String fault) {
        // then
        assertThat(fault(good().with("iss", issuer))).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"pets, none", "dogs, none", "'cats,pets', none", "cats, CLAIMS", ", CLAIMS"})
    void theAudienceNamesOneOfThoseConfigured(String audience, String fault) {
        // then
        assertThat(fault(good().with("aud", audience == null ? null : List.of(audience.split(",")))))
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"-31, EXPIRED", "-30, EXPIRED", "-29, none", "0, none", "1, none"})
    void expiryHasALeeway(int seconds, String fault) {
        // then
        assertThat(fault(good().expires(NOW.plusSeconds(seconds)))).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"-1, none", "0, none", "29, none", "31, CLAIMS", "3600, CLAIMS"})
    void theBeginningHasALeeway(int seconds, String fault) {
        // then
        assertThat(fault(good().notBefore(NOW.plusSeconds(seconds)))).isEqualTo(fault);
    }

    @Test
    void aTokenThatNeverExpiresIsNotTaken() {
        // then
        assertThat(fault(good().with("exp", null))).isEqualTo("CLAIMS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a.b",
                "a.b.c",
                "...",
                "e30.e30.e30",
                "eyJhbGciOiJSUzI1NiJ9..",
                "eyJhbGciOiJSUzI1NiJ9.e30.",
                "eyJhbGciOiJSUzI1NiJ9.e30.e30.e30",
                "a.b.c.d.e",
            })
    void whatIsNoTokenIsRejected(String text) {
        // then
        assertThat(fault(text)).isIn("MALFORMED", "KEY", "SIGNATURE");
    }

    @Test
    void aTokenThatIsTooLongIsNotRead() {
        // given
        String token = good().with("filler", "x".repeat(JwtVerifier.MAX_LENGTH)).text();

        // then
        assertThat(fault(token)).isEqualTo("MALFORMED");
    }

    @Test
    void aHeaderNestedAsDeepAsItCanBeIsMalformed() {
        // given
        String header = encoded("{\"alg\":\"RS256\",\"a\":" + "[".repeat(5000));

        // then
        assertThat(fault(header + ".e30.e30")).isEqualTo("MALFORMED");
    }

    @Property(tries = 300)
    void anyTextIsRejected(@ForAll @StringLength(max = 200) String text) {
        // then
        assertThat(fault(text)).isIn("MALFORMED", "KEY", "SIGNATURE");
        assertThat(fault("eyJhbGciOiJSUzI1NiJ9." + encoded(text) + ".AA")).isIn("MALFORMED", "CLAIMS", "SIGNATURE");
        assertThat(fault(encoded(text) + ".e30.AA")).isIn("MALFORMED", "KEY", "SIGNATURE");
    }

    @Test
    void aGoodTokenIsRememberedUntilItExpires() {
        // given
        String token = good().text();
        TokenOutcome first = verifier.verify(token);

        // when
        now = NOW.plusSeconds(329);
        TokenOutcome known = verifier.verify(token);
        now = NOW.plusSeconds(330);

        // then
        assertThat(known).isSameAs(first);
        assertThat(fault(token)).isEqualTo("EXPIRED");
    }

    @Test
    void aTokenOfAKeyThatIsGoneIsNotRemembered() {
        // given
        String token = good().expires(NOW.plusSeconds(86_400)).text();
        assertThat(fault(token)).isEqualTo("none");

        // when
        keys.set = new JWKSet(TestTokens.SECOND).toPublicJWKSet();
        now = NOW.plus(Duration.ofMinutes(6));

        // then
        assertThat(fault(token)).isEqualTo("KEY");
    }

    @Test
    void aTokenOfANewKeyHasTheKeysFetchedOnce() {
        // given
        String token =
                good().signedBy(TestTokens.SECOND).expires(NOW.plusSeconds(600)).text();
        assertThat(fault(token)).isEqualTo("KEY");
        keys.set = new JWKSet(TestTokens.SECOND).toPublicJWKSet();

        // when
        now = NOW.plus(RotatingKeys.MIN_INTERVAL);

        // then
        assertThat(fault(token)).isEqualTo("none");
        assertThat(fault(token)).isEqualTo("none");
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void unknownKeysAreNotAskedForAgainAndAgain() {
        // given
        for (int i = 0; i < 50; i++) {
            assertThat(fault(good().signedBy(TestTokens.SECOND).keyId("k" + i))).isEqualTo("KEY");
        }

        // then
        assertThat(keys.fetches).hasValue(1);
    }

    @Test
    void anotherAlgorithmHasNoKeysFetched() {
        // given
        String token = good().algorithm(JWSAlgorithm.PS256).keyId("unknown").text();
        assertThat(fault(good())).isEqualTo("none");

        // when
        now = NOW.plusSeconds(60);

        // then
        assertThat(fault(token)).isEqualTo("KEY");
        assertThat(keys.fetches).hasValue(1);
    }

    @Test
    void withoutKeysNothingCanBeTold() {
        // given
        keys.set = new JWKSet();

        // then
        assertThat(verifier.verify(good().text())).isEqualTo(new TokenOutcome.Unverifiable(RotatingKeys.MIN_INTERVAL));
    }

    @Test
    void anUnknownKeyCannotBeToldWhileKeysAreOutOfReach() {
        // given
        assertThat(fault(good())).isEqualTo("none");
        keys.set = new JWKSet();

        // when
        now = NOW.plusSeconds(20);

        // then
        assertThat(fault(good().signedBy(TestTokens.SECOND))).isEqualTo("unverifiable");
        assertThat(fault(good())).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "none, none is no signature",
        "HS256, HS256 signs with the key that verifies",
        "hs512, hs512 signs with the key that verifies",
        "EdDSA, EdDSA is not known",
        "rs256, rs256 is not known",
        "'', ' is not known'",
    })
    void anAlgorithmThatMayNotBeConfiguredSaysWhy(String name, String reason) {
        // then
        assertThat(JwtPolicy.mistake(name))
                .hasValueSatisfying(mistake -> assertThat(mistake)
                        .startsWith(reason)
                        .endsWith("the algorithms are RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512"));
    }
}

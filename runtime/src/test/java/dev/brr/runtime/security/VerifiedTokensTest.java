package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.security.RotatingKeys.Keys;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private static final Keys KEYS = new Keys(new JWKSet(), 1);
    private static final Keys OTHERS = new Keys(new JWKSet(), 2);

    private final VerifiedTokens tokens = new VerifiedTokens();

    private static TokenOutcome.Verified outcome(String name) {
        return new TokenOutcome.Verified(Principal.of("Bearer", name));
    }

    @Test
    void aTokenIsKnownByItsWholeDigest() {
        // given
        byte[] digest = VerifiedTokens.digest("a");
        byte[] near = digest.clone();
        near[31] ^= 1;
        tokens.remember(digest, KEYS, 100, 0, outcome("ann"));

        // then
        assertThat(tokens.find(digest, KEYS, 99)).isEqualTo(outcome("ann"));
        assertThat(tokens.find(near, KEYS, 99)).isNull();
    }

    @Test
    void aTokenIsForgottenWhenItExpires() {
        // given
        byte[] digest = VerifiedTokens.digest("a");
        tokens.remember(digest, KEYS, 100, 0, outcome("ann"));

        // then
        assertThat(tokens.find(digest, KEYS, 100)).isNull();
    }

    @Test
    void aTokenIsForgottenWhenTheKeysChange() {
        // given
        byte[] digest = VerifiedTokens.digest("a");
        tokens.remember(digest, KEYS, 100, 0, outcome("ann"));

        // then
        assertThat(tokens.find(digest, OTHERS, 0)).isNull();
    }

    @Test
    void twoTokensOfOnePlaceAreBothKnown() {
        // given
        byte[] one = VerifiedTokens.digest("a");
        byte[] other = one.clone();
        other[20] ^= 1;

        // when
        tokens.remember(one, KEYS, 100, 0, outcome("one"));
        tokens.remember(other, KEYS, 100, 0, outcome("other"));

        // then
        assertThat(tokens.find(one, KEYS, 0)).isEqualTo(outcome("one"));
        assertThat(tokens.find(other, KEYS, 0)).isEqualTo(outcome("other"));
    }

    @Test
    void anyNumberOfTokensIsTakenAndTheLastIsKnown() {
        // when
        for (int i = 0; i < 20_000; i++) {
            byte[] digest = VerifiedTokens.digest("token " + i);
            tokens.remember(digest, KEYS, 100, 0, outcome("n" + i));

            // then
            assertThat(tokens.find(digest, KEYS, 0)).isEqualTo(outcome("n" + i));
        }
    }
}

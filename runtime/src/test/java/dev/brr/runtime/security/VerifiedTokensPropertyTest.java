package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.brr.runtime.handler.Principal;
import dev.brr.runtime.security.RotatingKeys.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered is never another token's, and never longer than it may be. */
class VerifiedTokensPropertyTest {
    private static final Keys KEYS = new Keys(new JWKSet(), 1);

    private static TokenOutcome.Verified of(int token) {
        return new TokenOutcome.Verified(Principal.of("Bearer", "n" + token));
    }

    private static byte[] digest(int token) {
        return VerifiedTokens.digest("token " + token);
    }

    /** Remembers tokens at moments of their own; against a map that forgets nothing but what has expired. */
    @Property(tries = 200)
    void whatIsFoundIsWhatWasRemembered(
            @ForAll @Size(max = 60) List<@IntRange(max = 30) Integer> some,
            @ForAll @IntRange(min = 1, max = 20) int lifetime) {
        // given
        VerifiedTokens tokens = new VerifiedTokens();
        Map<Integer, Long> expiries = new HashMap<>();

        for (int now = 0; now < some.size(); now++) {
            // when
            int token = some.get(now);
            tokens.remember(digest(token), KEYS, now + lifetime, now, of(token));
            expiries.put(token, (long) now + lifetime);

            // then
            assertThat(tokens.find(digest(token), KEYS, now)).isEqualTo(of(token));
            for (int other = 0; other <= 30; other++) {
                TokenOutcome.Verified found = tokens.find(digest(other), KEYS, now);
                if (found != null) {
                    assertThat(found).isEqualTo(of(other));
                    assertThat(expiries.getOrDefault(other, 0L)).isGreaterThan(now);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0, true", "1, 99, true", "1, 100, false", "1, 101, false", "2, 0, false", "0, 0, false"})
    void aTokenServesForItsEditionAndTime(long edition, long now, boolean known) {
        // given
        VerifiedTokens tokens = new VerifiedTokens();
        tokens.remember(digest(1), KEYS, 100, 0, of(1));

        // then
        assertThat(tokens.find(digest(1), new Keys(new JWKSet(), edition), now) != null)
                .isEqualTo(known);
    }

    @Test
    void aPlaceThatHasExpiredIsTakenBeforeAnybodyIsDrivenOut() {
        // given
        VerifiedTokens tokens = new VerifiedTokens();
        byte[] one = digest(1);
        byte[] two = one.clone();
        two[20] ^= 1;
        byte[] three = one.clone();
        three[21] ^= 1;
        tokens.remember(one, KEYS, 10, 0, of(1));
        tokens.remember(two, KEYS, 100, 0, of(2));

        // when
        tokens.remember(three, KEYS, 100, 10, of(3));

        // then
        assertThat(tokens.find(one, KEYS, 10)).isNull();
        assertThat(tokens.find(two, KEYS, 10)).isEqualTo(of(2));
        assertThat(tokens.find(three, KEYS, 10)).isEqualTo(of(3));
    }

    @Test
    void aThirdTokenOfOnePlaceDrivesOutOneOfTheOthersAlone() {
        // given
        VerifiedTokens tokens = new VerifiedTokens();
        List<byte[]> digests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] digest = digest(1).clone();
            digest[25] = (byte) i;
            digests.add(digest);
            tokens.remember(digest, KEYS, 100, 0, of(i));
        }

        // then
        assertThat(tokens.find(digests.get(2), KEYS, 0)).isEqualTo(of(2));
        assertThat(digests.stream().filter(digest -> tokens.find(digest, KEYS, 0) != null))
                .hasSize(2);
    }

    @Test
    void manyThreadsNeverFindAnothersToken() throws Exception {
        // given
        VerifiedTokens tokens = new VerifiedTokens();
        List<Callable<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 500;
            threads.add(() -> {
                int strangers = 0;
                for (int i = 0; i < 2000; i++) {
                    int token = first + i % 2000;
                    tokens.remember(digest(token), KEYS, 100, 0, of(token));
                    TokenOutcome.Verified found = tokens.find(digest(token), KEYS, 0);
                    strangers += found == null || found.equals(of(token)) ? 0 : 1;
                }
                return strangers;
            });
        }

        // when
        int strangers = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> each : pool.invokeAll(threads)) {
                strangers += each.get();
            }
        }

        // then
        assertThat(strangers).isZero();
    }
}

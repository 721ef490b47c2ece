package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import dev.brr.runtime.security.RotatingKeys.OutOfReachException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys by their names, on a clock that stands still unless it is moved. */
class RotatingKeysSelectionTest {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final JWKSet FIRST = new JWKSet(TestTokens.FIRST).toPublicJWKSet();
    private static final JWKSet BOTH = new JWKSet(List.of(TestTokens.FIRST, TestTokens.SECOND)).toPublicJWKSet();

    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> fetchedAt = new ArrayList<>();
    private JWKSet there = FIRST;
    private RotatingKeys keys = keys(FRESH);

    private RotatingKeys keys(Duration fresh) {
        return new RotatingKeys("Bearer", this::fetch, fresh, nanos::get);
    }

    private JWKSet fetch() throws IOException {
        fetchedAt.add(nanos.get());
        if (there.isEmpty()) {
            throw new IOException("no route");
        }
        return there;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private List<String> named(String id) throws OutOfReachException {
        return ids(keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null));
    }

    private List<String> unnamed() throws OutOfReachException {
        return ids(keys.get(
                new JWKSelector(new JWKMatcher.Builder().keyType(KeyType.RSA).build()), null));
    }

    private static List<String> ids(List<JWK> some) {
        return some.stream().map(JWK::getKeyID).toList();
    }

    @Test
    void aKnownKeyIsFetchedOnce() throws OutOfReachException {
        // when
        named("first");
        named("first");

        // then
        assertThat(named("first")).containsExactly("first");
        assertThat(fetchedAt).hasSize(1);
    }

    @Test
    void withoutANameEveryFittingKeyIsGiven() throws OutOfReachException {
        // given
        there = BOTH;

        // then
        assertThat(unnamed()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void aRequestForNoKeyInParticularHasNoneFetchedAgain() throws OutOfReachException {
        // given
        there = new JWKSet(TestTokens.CURVE).toPublicJWKSet();
        keys.current();
        there = BOTH;

        // when
        pass(RotatingKeys.MIN_INTERVAL);

        // then
        assertThat(unnamed()).isEmpty();
        assertThat(fetchedAt).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "9999, false", "10000, true", "60000, true"})
    void aNewKeyIsFoundOnceTheIntervalIsOver(long millis, boolean found) throws OutOfReachException {
        // given
        named("first");
        there = BOTH;

        // when
        pass(Duration.ofMillis(millis));

        // then
        assertThat(named("second")).isEqualTo(found ? List.of("second") : List.of());
        assertThat(fetchedAt).hasSize(found ? 2 : 1);
    }

    @Test
    void aFloodOfUnknownNamesFetchesOncePerInterval() throws OutOfReachException {
        // when
        for (int i = 0; i < 100; i++) {
            assertThat(named("unknown " + i)).isEmpty();
            pass(Duration.ofSeconds(1));
        }

        // then
        assertThat(fetchedAt).hasSize(10);
        for (int i = 1; i < fetchedAt.size(); i++) {
            assertThat(fetchedAt.get(i) - fetchedAt.get(i - 1))
                    .isGreaterThanOrEqualTo(RotatingKeys.MIN_INTERVAL.toNanos());
        }
    }

    @Test
    void aKeyThatIsGoneFromTheOriginIsGoneAtTheNextFetch() throws OutOfReachException {
        // given
        there = BOTH;
        assertThat(named("second")).containsExactly("second");
        there = FIRST;

        // when
        pass(FRESH.plusNanos(1));

        // then
        assertThat(named("second")).isEmpty();
        assertThat(named("first")).containsExactly("first");
    }

    @Test
    void whileTheOriginFailsAnUnknownKeyCannotBeTold() throws OutOfReachException {
        // given
        named("first");
        there = new JWKSet();
        pass(Duration.ofSeconds(10));

        // then
        assertThatThrownBy(() -> named("second"))
                .isInstanceOfSatisfying(
                        OutOfReachException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(RotatingKeys.MIN_INTERVAL));
        pass(Duration.ofSeconds(4));
        assertThatThrownBy(() -> named("second"))
                .isInstanceOfSatisfying(
                        OutOfReachException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(6)));
        assertThat(fetchedAt).hasSize(2);
    }

    @Test
    void whileTheOriginFailsTheKnownKeysServe() throws OutOfReachException {
        // given
        named("first");
        there = new JWKSet();
        pass(Duration.ofSeconds(10));
        assertThatThrownBy(() -> named("second")).isInstanceOf(OutOfReachException.class);

        // then
        assertThat(named("first")).containsExactly("first");
    }

    @Test
    void anOriginThatIsBackTellsTheUnknownKeysAgain() throws OutOfReachException {
        // given
        named("first");
        there = new JWKSet();
        pass(Duration.ofSeconds(10));
        assertThatThrownBy(() -> named("second")).isInstanceOf(OutOfReachException.class);
        there = BOTH;

        // when
        pass(Duration.ofSeconds(10));

        // then
        assertThat(named("second")).containsExactly("second");
        assertThat(named("third")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 500, 3000, 9999})
    void keysThatServeAShortTimeAreFetchedAsOften(long millis) throws OutOfReachException {
        // given
        keys = keys(Duration.ofMillis(millis));
        keys.current();
        there = BOTH;

        // when
        pass(Duration.ofMillis(millis).plusNanos(1));

        // then
        assertThat(keys.current().set()).isEqualTo(BOTH);
        assertThat(fetchedAt).hasSize(2);
    }

    @Test
    void editionsTellWhetherTheKeysAreOthers() throws OutOfReachException {
        // given
        List<Long> editions = new ArrayList<>();

        // when
        for (JWKSet next : List.of(FIRST, FIRST, BOTH, BOTH, FIRST)) {
            there = next;
            editions.add(keys.current().edition());
            pass(FRESH.plusNanos(1));
        }

        // then
        assertThat(editions.get(1)).isEqualTo(editions.get(0));
        assertThat(editions.get(2)).isNotIn(editions.subList(0, 2));
        assertThat(editions.get(3)).isEqualTo(editions.get(2));
        assertThat(editions.get(4)).isNotIn(editions.subList(0, 4));
    }

    @Test
    void beforeThereAreKeysEveryRequestWaitsForTheSameMoment() {
        // given
        there = new JWKSet();

        // then
        for (int second = 0; second < 10; second++) {
            Duration left = Duration.ofSeconds(10L - second);
            assertThatThrownBy(() -> named("first"))
                    .isInstanceOfSatisfying(
                            OutOfReachException.class,
                            e -> assertThat(e.retryAfter()).isEqualTo(left));
            pass(Duration.ofSeconds(1));
        }
        assertThat(fetchedAt).containsExactly(0L);
    }
}

package dev.brr.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWKSet;
import dev.brr.runtime.security.RotatingKeys.OutOfReachException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotatingKeysTest {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final JWKSet FIRST = new JWKSet(TestTokens.FIRST).toPublicJWKSet();
    private static final JWKSet SECOND = new JWKSet(TestTokens.SECOND).toPublicJWKSet();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile JWKSet there = FIRST;
    private final RotatingKeys keys = new RotatingKeys("Bearer", this::fetch, FRESH, nanos::get);

    private JWKSet fetch() throws IOException {
        fetches.incrementAndGet();
        if (there.isEmpty()) {
            throw new IOException("no route");
        }
        return there;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void keysAreFetchedOnceWhileTheyAreFresh() throws OutOfReachException {
        // when
        RotatingKeys.Keys first = keys.current();
        pass(FRESH.multipliedBy(4).dividedBy(5));
        RotatingKeys.Keys later = keys.current();

        // then
        assertThat(later).isEqualTo(first);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void keysAreFetchedInTheBackgroundBeforeTheirTimeIsOver() throws OutOfReachException {
        // given
        RotatingKeys.Keys first = keys.current();
        there = SECOND;

        // when
        pass(FRESH.minusSeconds(1));
        RotatingKeys.Keys atOnce = keys.current();

        // then
        assertThat(atOnce).isEqualTo(first);
        await().untilAsserted(() -> assertThat(keys.current().set()).isEqualTo(SECOND));
        assertThat(fetches).hasValue(2);
    }

    @Test
    void keysPastTheirTimeAreFetchedBeforeTheyAreUsed() throws OutOfReachException {
        // given
        long edition = keys.current().edition();
        there = SECOND;

        // when
        pass(FRESH.plusSeconds(1));

        // then
        assertThat(keys.current().set()).isEqualTo(SECOND);
        assertThat(keys.current().edition()).isNotEqualTo(edition);
    }

    @Test
    void theSameKeysFetchedAgainAreOfTheSameEdition() throws OutOfReachException {
        // given
        long edition = keys.current().edition();

        // when
        pass(FRESH.plusSeconds(1));

        // then
        assertThat(keys.current().edition()).isEqualTo(edition);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void keysServeOnForAnHourWhileTheirOriginIsOutOfReach() throws OutOfReachException {
        // given
        keys.current();
        there = new JWKSet();

        // when
        pass(FRESH.plusSeconds(1));
        keys.current();
        pass(RotatingKeys.GRACE.minusSeconds(2));

        // then
        assertThat(keys.current().set()).isEqualTo(FIRST);
        pass(Duration.ofSeconds(2));
        assertThatThrownBy(keys::current).isInstanceOf(OutOfReachException.class);
    }

    @Test
    void anOriginThatFailsIsNotAskedAgainAtOnce() {
        // given
        there = new JWKSet();

        // when
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(keys::current).isInstanceOf(OutOfReachException.class);
        }
        pass(RotatingKeys.MIN_INTERVAL.minusMillis(1));
        assertThatThrownBy(keys::current)
                .isInstanceOfSatisfying(
                        OutOfReachException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(1)));

        // then
        assertThat(fetches).hasValue(1);
    }

    @Test
    void anOriginThatIsBackIsFoundAfterTheInterval() throws OutOfReachException {
        // given
        there = new JWKSet();
        assertThatThrownBy(keys::current).isInstanceOf(OutOfReachException.class);
        there = FIRST;

        // when
        pass(RotatingKeys.MIN_INTERVAL);

        // then
        assertThat(keys.current().set()).isEqualTo(FIRST);
    }

    @Test
    void anOriginThatFailsInAnyWayIsOutOfReach() {
        // given
        RotatingKeys broken = new RotatingKeys(
                "Bearer",
                () -> {
                    throw new IllegalStateException("broken");
                },
                FRESH,
                nanos::get);

        // then
        assertThatThrownBy(broken::current).isInstanceOf(OutOfReachException.class);
    }

    @Test
    void requestsThatComeTogetherFetchOnce() throws Exception {
        // given
        CountDownLatch all = new CountDownLatch(16);
        Callable<RotatingKeys.Keys> request = () -> {
            all.countDown();
            all.await();
            return keys.current();
        };

        // when
        List<Future<RotatingKeys.Keys>> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(
                    IntStream.range(0, 16).mapToObj(_ -> request).toList());
        }

        // then
        for (Future<RotatingKeys.Keys> answer : answers) {
            assertThat(answer.get().set()).isEqualTo(FIRST);
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void eachFetchThatFailsIsTold() throws OutOfReachException {
        // given
        AtomicInteger failures = new AtomicInteger();
        keys.onFailedFetch(failures::incrementAndGet);
        keys.current();
        KeyOrigin broken = () -> {
            throw new IOException("gone");
        };
        RotatingKeys others = new RotatingKeys("Bearer", broken, FRESH, nanos::get);
        others.onFailedFetch(failures::incrementAndGet);

        // when
        assertThatThrownBy(others::current).isInstanceOf(OutOfReachException.class);
        assertThatThrownBy(others::current).isInstanceOf(OutOfReachException.class);
        pass(RotatingKeys.MIN_INTERVAL);
        assertThatThrownBy(others::current).isInstanceOf(OutOfReachException.class);

        // then: one that is not due yet is none
        assertThat(failures).hasValue(2);
    }
}

package dev.brr.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {
    private static final RateLimit TEN_A_MINUTE = new RateLimit(10, 60, 10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
    private final RateLimiter limiter = new RateLimiter(1024, nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private int takenOf(int requests, String operation, String client) {
        return (int) IntStream.range(0, requests)
                .filter(_ -> limiter.take(TEN_A_MINUTE, operation, client) == 0)
                .count();
    }

    @Test
    void aClientBeginsWithAFullBucket() {
        // then
        assertThat(takenOf(12, "list", "ann")).isEqualTo(10);
    }

    @Test
    void anEmptyBucketSaysWhenTheNextTokenComes() {
        // given
        takenOf(10, "list", "ann");

        // then
        assertThat(limiter.take(TEN_A_MINUTE, "list", "ann"))
                .isEqualTo(Duration.ofSeconds(6).toNanos());
        pass(Duration.ofSeconds(4));
        assertThat(limiter.take(TEN_A_MINUTE, "list", "ann"))
                .isEqualTo(Duration.ofSeconds(2).toNanos());
        pass(Duration.ofSeconds(2));
        assertThat(limiter.take(TEN_A_MINUTE, "list", "ann")).isZero();
    }

    @Test
    void tokensComeEvenly() {
        // given
        takenOf(10, "list", "ann");

        // when
        pass(Duration.ofSeconds(30));

        // then
        assertThat(takenOf(10, "list", "ann")).isEqualTo(5);
    }

    @Test
    void aBucketIsNeverMoreThanFull() {
        // given
        takenOf(10, "list", "ann");

        // when
        pass(Duration.ofDays(2));

        // then
        assertThat(takenOf(20, "list", "ann")).isEqualTo(10);
    }

    @Test
    void refusedRequestsTakeNothing() {
        // given
        takenOf(1000, "list", "ann");

        // when
        pass(Duration.ofSeconds(6));

        // then
        assertThat(takenOf(2, "list", "ann")).isEqualTo(1);
    }

    @Test
    void clientsAndOperationsHaveBucketsOfTheirOwn() {
        // given
        takenOf(10, "list", "ann");

        // then
        assertThat(takenOf(11, "list", "bob")).isEqualTo(10);
        assertThat(takenOf(11, "add", "ann")).isEqualTo(10);
        assertThat(takenOf(11, "lista", "nn")).isEqualTo(10);
    }

    @Test
    void aBurstIsAnotherNumberThanTheRate() {
        // given
        RateLimit slow = new RateLimit(1, 10, 3);

        // when
        long taken = IntStream.range(0, 5)
                .filter(_ -> limiter.take(slow, "list", "ann") == 0)
                .count();

        // then
        assertThat(taken).isEqualTo(3);
        assertThat(limiter.take(slow, "list", "ann"))
                .isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void aFloodOfClientsDoesNotEmptyTheBucketOfOneThatIsSpent() {
        // given
        takenOf(10, "list", "ann");

        // when
        for (int i = 0; i < 500_000; i++) {
            limiter.take(TEN_A_MINUTE, "list", "flood " + i);
        }

        // then
        assertThat(limiter.take(TEN_A_MINUTE, "list", "ann")).isPositive();
    }

    @Test
    void clientsThatHaveRestedMakeRoom() {
        // given
        for (int i = 0; i < 50_000; i++) {
            limiter.take(TEN_A_MINUTE, "list", "early " + i);
        }

        // when
        pass(Duration.ofMinutes(2));

        // then
        assertThat(takenOf(11, "list", "ann")).isEqualTo(10);
    }

    @Test
    void requestsThatComeTogetherTakeNoMoreThanThereIs() throws Exception {
        // given
        Callable<Integer> client = () -> takenOf(100, "list", "ann");

        // when
        int taken = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> each : threads.invokeAll(List.of(client, client, client, client))) {
                taken += each.get();
            }
        }

        // then
        assertThat(taken).isEqualTo(10);
    }

    /** Against a bucket written down as it is meant: a number of tokens that grows with time. */
    @Property(tries = 500)
    void doesWhatABucketOfTokensDoes(
            @ForAll @IntRange(min = 1, max = 20) int requests,
            @ForAll @IntRange(min = 1, max = 10) int seconds,
            @ForAll @IntRange(min = 1, max = 30) int burst,
            @ForAll @Size(max = 100) List<@IntRange(max = 3000) Integer> pauses) {
        // given
        RateLimit limit = new RateLimit(requests, seconds, burst);
        RateLimiter own = new RateLimiter(64, nanos::get);
        long perToken = seconds * 1_000_000_000L / requests;
        long tokens = burst * perToken;

        for (int pause : pauses) {
            // when
            pass(Duration.ofMillis(pause));
            tokens = Math.min(burst * perToken, tokens + pause * 1_000_000L);
            boolean taken = own.take(limit, "list", "ann") == 0;

            // then
            assertThat(taken).isEqualTo(tokens >= perToken);
            tokens -= taken ? perToken : 0;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 10000, 1000000", "1, 20000, 1000000", "1, 1000000, 1000000", "1000000, 1, 1000000"})
    void theSlowestLimitWithTheLargestBurstLetsManyIn(int requests, int seconds, int burst) {
        // given
        var limit = new RateLimit(requests, seconds, burst);
        // when
        long refused = IntStream.range(0, 2000)
                .filter(_ -> limiter.take(limit, "list", "ann") != 0)
                .count();
        // then
        assertThat(refused).isZero();
    }
}

package dev.brr.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OperationMeters meters = new OperationMeters(registry, "getPet");

    private long count(String method, String status) {
        return registry
                .find("http.server.requests")
                .tags("operation", "getPet", "method", method, "status", status)
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
    void aMethodOfHttpIsATag(String method) {
        // when
        meters.record(method, 200, 1);

        // then
        assertThat(count(method, "200")).isEqualTo(1);
    }

    @Test
    void methodsThatClientsMakeUpAreOneSeries() {
        // when
        for (int i = 0; i < 500; i++) {
            meters.record("BREW" + i, 405, 1);
        }
        meters.record("get", 405, 1);
        meters.record("", 405, 1);

        // then
        assertThat(registry.find("http.server.requests").timers()).hasSize(1);
        assertThat(count("OTHER", "405")).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource({"100", "200", "404", "599"})
    void eachStatusIsASeries(int status) {
        // when
        meters.record("GET", status, 1);
        meters.record("GET", 201, 1);

        // then
        assertThat(count("GET", Integer.toString(status))).isEqualTo(1);
        assertThat(registry.find("http.server.requests").timers()).hasSize(2);
    }

    @Test
    void theTimesOfASeriesAddUp() {
        // when
        meters.record("GET", 200, 2_000_000);
        meters.record("GET", 200, 5_000_000);

        // then
        Timer timer = registry.get("http.server.requests").timer();
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(7_000_000);
        assertThat(timer.max(TimeUnit.NANOSECONDS)).isEqualTo(5_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12",
        "1000000, 12",
        "1000001, 11",
        "5000000, 11",
        "250000000, 6",
        "1000000000, 4",
        "2500000000, 3",
        "10000000000, 1",
        "10000000001, 0",
    })
    void aTimeIsInEveryBucketThatItDoesNotExceed(long nanos, int buckets) {
        // when
        meters.record("GET", 200, nanos);

        // then
        Timer timer = registry.get("http.server.requests").timer();
        assertThat(timer.takeSnapshot().histogramCounts()).hasSize(12);
        assertThat(IntStream.range(0, 12)
                        .filter(i -> timer.takeSnapshot().histogramCounts()[i].count() > 0)
                        .count())
                .isEqualTo(buckets);
    }

    @Test
    void operationsOfOneRegistryAreApart() {
        // given
        OperationMeters other = new OperationMeters(registry, "addPet");

        // when
        meters.record("GET", 200, 1);
        other.record("GET", 200, 1);

        // then
        assertThat(count("GET", "200")).isEqualTo(1);
        assertThat(registry.find("http.server.requests").timers()).hasSize(2);
    }

    @Test
    void requestsThatComeTogetherAreAllCounted() throws Exception {
        // given
        List<Callable<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(() -> {
                for (int request = 0; request < 1000; request++) {
                    meters.record(request % 2 == 0 ? "GET" : "PUT", 200 + request % 4, 1);
                }
                return true;
            });
        }

        // when
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> each : threads.invokeAll(clients)) {
                each.get();
            }
        }

        // then
        assertThat(registry.find("http.server.requests").timers()).hasSize(4);
        assertThat(count("GET", "200") + count("GET", "202") + count("PUT", "201") + count("PUT", "203"))
                .isEqualTo(4000);
    }
}

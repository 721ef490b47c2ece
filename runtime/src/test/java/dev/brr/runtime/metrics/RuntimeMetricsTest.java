package dev.brr.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeMetricsTest {
    private final RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe());

    @AfterEach
    void close() {
        metrics.close();
    }

    private String scrape() {
        return metrics.scrape("").text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process_memory_rss_bytes",
                "process_memory_vss_bytes",
                "process_memory_peak_rss_bytes",
                "process_memory_growth_bytes",
                "process_memory_baseline_rss_bytes",
                "process_cpu_usage",
                "process_cpu_seconds_total",
                "process_uptime_seconds",
                "jemalloc_loaded",
                "jvm_memory_used_bytes",
                "jvm_memory_max_bytes",
                "jvm_threads_live_threads",
                "jvm_threads_virtual_queued_threads",
                "jvm_gc_memory_allocated_bytes_total",
                "http_server_active_requests",
                "brr_response_violations_total",
                "brr_auth_failures_total"
            })
    void everyServiceHasTheMeter(String name) {
        // then
        assertThat(scrape().lines()).anyMatch(line -> line.startsWith(name + " ") || line.startsWith(name + "{"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | text/plain; version=0.0.4; charset=utf-8",
                "*/* | text/plain; version=0.0.4; charset=utf-8",
                "text/plain | text/plain; version=0.0.4; charset=utf-8",
                "application/json | text/plain; version=0.0.4; charset=utf-8",
                "application/openmetrics-text;version=1.0.0,text/plain;q=0.5 | application/openmetrics-text; version=1.0.0; charset=utf-8",
            })
    void theContentTypeIsPrometheusOwnUnlessAnotherIsAskedFor(String accept, String contentType) {
        // then
        assertThat(metrics.scrape(accept).contentType()).isEqualTo(contentType);
    }

    @Test
    void openMetricsTextEndsAsItHasTo() {
        // then
        assertThat(metrics.scrape("application/openmetrics-text").text()).endsWith("# EOF\n");
        assertThat(scrape()).doesNotContain("# EOF");
    }

    @Test
    void requestsAreCountedAndTimedByOperationMethodAndStatus() {
        // given
        OperationMeters pets = metrics.operation("listPets");

        // when
        pets.record("GET", 200, TimeUnit.MILLISECONDS.toNanos(3));
        pets.record("GET", 200, TimeUnit.MILLISECONDS.toNanos(30));
        pets.record("GET", 400, TimeUnit.MILLISECONDS.toNanos(1));
        pets.record("HEAD", 200, TimeUnit.MILLISECONDS.toNanos(1));

        // then
        String tags = "method=\"GET\",operation=\"listPets\",status=\"200\"";
        assertThat(scrape())
                .contains("http_server_requests_seconds_count{" + tags + "} 2")
                .contains("http_server_requests_seconds_bucket{" + tags + ",le=\"0.001\"} 0")
                .contains("http_server_requests_seconds_bucket{" + tags + ",le=\"0.005\"} 1")
                .contains("http_server_requests_seconds_bucket{" + tags + ",le=\"0.05\"} 2")
                .contains("http_server_requests_seconds_bucket{" + tags + ",le=\"+Inf\"} 2")
                .contains("{method=\"GET\",operation=\"listPets\",status=\"400\"} 1")
                .contains("{method=\"HEAD\",operation=\"listPets\",status=\"200\"} 1");
    }

    @Test
    void thereAreTwelveBucketsAndInfinity() {
        // when
        metrics.operation("a").record("GET", 200, 1);

        // then
        assertThat(Arrays.stream(scrape().split("\n"))
                        .filter(line -> line.startsWith("http_server_requests_seconds_bucket")))
                .hasSize(13);
    }

    @Test
    void methodsThatClientsInventShareOneSeries() {
        // given
        OperationMeters unmatched = metrics.operation(OperationMeters.UNMATCHED);

        // when
        for (int i = 0; i < 100; i++) {
            unmatched.record("BREW" + i, 404, 1);
        }

        // then
        assertThat(scrape())
                .contains("{method=\"OTHER\",operation=\"unmatched\",status=\"404\"} 100")
                .doesNotContain("BREW");
    }

    @Test
    void anOperationHasItsMetersOnce() {
        // then
        assertThat(metrics.operation("a")).isSameAs(metrics.operation("a"));
    }

    @Test
    void requestsInFlightAreAGauge() {
        // when
        metrics.requestBegins();
        metrics.requestBegins();
        metrics.requestEnds();

        // then
        assertThat(scrape()).contains("http_server_active_requests 1.0");
    }

    @Test
    void refusalsAndViolationsAreCounted() {
        // when
        metrics.authFailed();
        metrics.authFailed();
        metrics.responseViolated();

        // then
        assertThat(scrape()).contains("brr_auth_failures_total 2.0", "brr_response_violations_total 1.0");
    }

    @Test
    void failedFetchesOfKeysAreCountedByScheme() {
        // given
        metrics.failedKeyFetches("Quiet");
        Runnable failed = metrics.failedKeyFetches("Bearer");

        // when
        failed.run();
        metrics.failedKeyFetches("Bearer").run();

        // then
        assertThat(scrape())
                .contains(
                        "brr_key_fetch_failures_total{scheme=\"Quiet\"} 0.0",
                        "brr_key_fetch_failures_total{scheme=\"Bearer\"} 2.0");
    }
}

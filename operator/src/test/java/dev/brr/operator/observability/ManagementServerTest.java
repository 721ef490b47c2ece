package dev.brr.operator.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementServerTest {

    private static final String METRICS = "# HELP up whether it runs\n# TYPE up gauge\nup 1.0\n";

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @CsvSource({
        "/livez,  true,  true,  200, ok",
        "/livez,  true,  false, 200, ok",
        "/livez,  false, true,  503, not ok",
        "/readyz, true,  true,  200, ok",
        "/readyz, true,  false, 503, not ok",
        "/readyz, false, true,  200, ok",
    })
    void eachProbeAnswersItsOwnQuestion(String path, boolean live, boolean ready, int status, String body)
            throws Exception {
        // given
        try (var server = new ManagementServer(0, () -> live, () -> ready, () -> METRICS)) {
            // when
            var answer = get(server, path);
            // then
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body + "\n");
        }
    }

    @Test
    void aProbeIsAskedAnewEachTime() throws Exception {
        // given
        var ready = new AtomicBoolean(false);
        try (var server = new ManagementServer(0, () -> true, ready::get, () -> METRICS)) {
            var before = get(server, "/readyz");
            ready.set(true);
            // when
            var after = get(server, "/readyz");
            // then
            assertThat(before.statusCode()).isEqualTo(503);
            assertThat(after.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metricsArePrometheusText() throws Exception {
        // given
        try (var server = new ManagementServer(0, () -> true, () -> true, () -> METRICS)) {
            // when
            var answer = get(server, "/metrics");
            // then
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body()).isEqualTo(METRICS);
        }
    }

    @Test
    void metricsAreTakenWhenTheyAreAskedFor() throws Exception {
        // given
        var scrapes = new AtomicInteger();
        try (var server =
                new ManagementServer(0, () -> true, () -> true, () -> "scrapes " + scrapes.incrementAndGet())) {
            get(server, "/metrics");
            // when
            var second = get(server, "/metrics");
            // then
            assertThat(second.body()).isEqualTo("scrapes 2");
        }
    }

    @Test
    void metricsThatAreNotAsciiArriveWhole() throws Exception {
        // given
        var text = "# HELP wait in µs – per build\n";
        try (var server = new ManagementServer(0, () -> true, () -> true, () -> text)) {
            // when
            var answer = get(server, "/metrics");
            // then
            assertThat(answer.body()).isEqualTo(text);
        }
    }

    @Test
    void healthIsPlainText() throws Exception {
        // given
        try (var server = new ManagementServer(0, () -> true, () -> true, () -> METRICS)) {
            // when
            var answer = get(server, "/livez");
            // then
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        }
    }

    @Test
    void anotherPathIsNotFound() throws Exception {
        // given
        try (var server = new ManagementServer(0, () -> true, () -> true, () -> METRICS)) {
            // when
            var answer = get(server, "/healthz");
            // then
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aSlowScrapeDoesNotHoldUpTheProbes() throws Exception {
        // given
        var scraping = new CountDownLatch(1);
        var probed = new CountDownLatch(1);
        try (var server = new ManagementServer(0, () -> true, () -> true, () -> waiting(scraping, probed))) {
            var scrape = http.sendAsync(request(server, "/metrics"), HttpResponse.BodyHandlers.ofString());
            assertThat(scraping.await(10, TimeUnit.SECONDS)).isTrue();
            // when
            var probe = get(server, "/livez");
            probed.countDown();
            // then
            assertThat(probe.statusCode()).isEqualTo(200);
            assertThat(scrape.get(10, TimeUnit.SECONDS).body()).isEqualTo("probed");
        }
    }

    @Test
    void portZeroPicksAFreeOne() throws Exception {
        // given
        try (var one = new ManagementServer(0, () -> true, () -> true, () -> METRICS);
                // when
                var other = new ManagementServer(0, () -> true, () -> true, () -> METRICS)) {
            // then
            assertThat(one.port()).isPositive().isNotEqualTo(other.port());
        }
    }

    @Test
    void aTakenPortIsRefused() throws Exception {
        // given
        try (var server = new ManagementServer(0, () -> true, () -> true, () -> METRICS)) {
            // when
            // then
            assertThatThrownBy(() -> new ManagementServer(server.port(), () -> true, () -> true, () -> METRICS).close())
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void nothingAnswersAfterItIsClosed() throws Exception {
        // given
        var server = new ManagementServer(0, () -> true, () -> true, () -> METRICS);
        get(server, "/livez");
        // when
        server.close();
        // then
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(request(server, "/livez"), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class);
    }

    private HttpResponse<String> get(ManagementServer server, String path) throws IOException, InterruptedException {
        return http.send(request(server, path), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(ManagementServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .build();
    }

    private static String waiting(CountDownLatch scraping, CountDownLatch probed) {
        scraping.countDown();
        try {
            return probed.await(10, TimeUnit.SECONDS) ? "probed" : "waited in vain";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}

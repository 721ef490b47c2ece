package dev.brr.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Jemalloc;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text against that of the library. */
class PrometheusTextTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static String byTheLibrary(MetricSnapshots snapshots) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, snapshots);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void assertSame(MetricSnapshots snapshots) {
        assertThat(PrometheusText.of(snapshots)).contains(byTheLibrary(snapshots));
    }

    @Test
    void countersGaugesTimersAndSummariesAreWrittenAsTheLibraryDoes() {
        // given
        Counter.builder("some.things").description("Things").register(registry).increment(3);
        Counter.builder("more.things.total").tags("kind", "a \"b\" \\ c").register(registry);
        Gauge.builder("level", () -> Double.NaN)
                .description("Back\\slash, \"quotes\"\nand lines")
                .register(registry);
        Gauge.builder("depth", () -> Double.NEGATIVE_INFINITY)
                .tags("a", "1", "b", "ä€")
                .register(registry);
        Gauge.builder("some.info", () -> 1).tags("version", "5.3.0").register(registry);
        Timer.builder("plain").register(registry).record(Duration.ofMillis(3));
        Timer.builder("percentile")
                .publishPercentiles(0.5, 0.99)
                .register(registry)
                .record(Duration.ofMillis(3));
        Timer slo = Timer.builder("bounded")
                .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofSeconds(1))
                .tags("operation", "getPet")
                .register(registry);
        slo.record(Duration.ofNanos(10_000));
        slo.record(Duration.ofSeconds(20));
        DistributionSummary.builder("sizes")
                .baseUnit("bytes")
                .register(registry)
                .record(1e300);

        // then
        assertSame(registry.getPrometheusRegistry().scrape());
    }

    @Test
    void theServicesOwnMetersNeedNoLibrary() {
        // given
        try (RuntimeMetrics metrics = new RuntimeMetrics(Jemalloc.probe())) {
            metrics.operation("getPet").record("GET", 200, 1_000_000);

            // then
            assertThat(PrometheusText.of(metrics.snapshots()))
                    .hasValueSatisfying(text -> assertThat(text)
                            .contains(
                                    "http_server_requests_seconds_bucket{",
                                    "# TYPE process_cpu_seconds_total counter"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "build_info"})
    void anInfoEndsWithInfo(String name) {
        // then
        assertSame(MetricSnapshots.of(InfoSnapshot.builder()
                .name(name.replace("_info", ""))
                .help("Which")
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", "1"))
                        .build())
                .build()));
    }

    @Property(tries = 300)
    void anyTextAndNumberIsWrittenAsTheLibraryDoes(@ForAll String help, @ForAll String label, @ForAll double value) {
        // then
        assertSame(MetricSnapshots.of(GaugeSnapshot.builder()
                .name("level")
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("label", label))
                        .value(value)
                        .build())
                .build()));
    }

    @Test
    void anEmptyRegistryIsAnEmptyText() {
        // then
        assertThat(PrometheusText.of(new MetricSnapshots())).contains("");
    }

    @Test
    void whatItDoesNotKnowIsLeftToTheLibrary() {
        // given
        UnknownSnapshot unknown = UnknownSnapshot.builder()
                .name("what")
                .dataPoint(UnknownSnapshot.UnknownDataPointSnapshot.builder()
                        .value(1)
                        .build())
                .build();
        HistogramSnapshot gauges = HistogramSnapshot.builder()
                .name("queue")
                .gaugeHistogram(true)
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(
                                ClassicHistogramBuckets.of(new double[] {Double.POSITIVE_INFINITY}, new long[] {1}))
                        .build())
                .build();

        // then
        assertThat(PrometheusText.of(MetricSnapshots.of(unknown))).isEmpty();
        assertThat(PrometheusText.of(MetricSnapshots.of(gauges))).isEmpty();
    }
}

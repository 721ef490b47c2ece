package dev.brr.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of metric in each form that it may have, against the library's text. */
class PrometheusTextFormsTest {

    private static void assertAsTheLibraryWrites(MetricSnapshot... snapshots) {
        MetricSnapshots all = MetricSnapshots.of(snapshots);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(PrometheusText.of(all)).contains(bytes.toString(StandardCharsets.UTF_8));
    }

    private static GaugeSnapshot gauge(String name, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }

    private static String written(MetricSnapshot snapshot) {
        return PrometheusText.of(MetricSnapshots.of(snapshot)).orElse("left to the library");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "0.1, 0.1",
        "1e-7, 1.0E-7",
        "1e21, 1.0E21",
        "4.9e-324, 4.9E-324",
        "1.7976931348623157e308, 1.7976931348623157E308",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "NaN, NaN",
    })
    void aNumberIsWrittenAsJavaDoesAndTheInfiniteAsPrometheusDoes(double value, String text) {
        // then
        assertThat(written(gauge("level", value))).isEqualTo("# TYPE level gauge\nlevel " + text + "\n");
        assertAsTheLibraryWrites(gauge("level", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a\\b", "a\nb", "say \"hi\"", "\\n", "\\\\", "\n\n", "ä€🐶", "\t\r"})
    void descriptionsAndLabelsAreEscaped(String text) {
        // then
        assertAsTheLibraryWrites(CounterSnapshot.builder()
                .name("things")
                .help(text)
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(Labels.of("a", text, "b", text + text))
                        .value(2)
                        .build())
                .build());
    }

    @Test
    void aQuoteIsEscapedInALabelAlone() {
        // given
        GaugeSnapshot gauge = GaugeSnapshot.builder()
                .name("level")
                .help("the \"level\"")
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("of", "the \"sea\""))
                        .value(1)
                        .build())
                .build();

        // then
        assertThat(written(gauge))
                .isEqualTo("# HELP level the \"level\"\n# TYPE level gauge\nlevel{of=\"the \\\"sea\\\"\"} 1.0\n");
    }

    @Test
    void labelsAreInTheOrderOfTheirNames() {
        // given
        GaugeSnapshot gauge = GaugeSnapshot.builder()
                .name("level")
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("z", "1", "a", "2", "m", "3"))
                        .value(1)
                        .build())
                .build();

        // then
        assertThat(written(gauge)).endsWith("level{a=\"2\",m=\"3\",z=\"1\"} 1.0\n");
        assertAsTheLibraryWrites(gauge);
    }

    @Property(tries = 300)
    void aHistogramsBucketsAddUp(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 1000) Integer> counts, @ForAll boolean labelled) {
        // given
        double[] bounds = new double[counts.size()];
        long[] each = new long[counts.size()];
        long all = 0;
        for (int i = 0; i < counts.size(); i++) {
            bounds[i] = i == counts.size() - 1 ? Double.POSITIVE_INFINITY : Math.pow(10, i - 3);
            each[i] = counts.get(i);
            all += each[i];
        }
        HistogramSnapshot histogram = HistogramSnapshot.builder()
                .name("took_seconds")
                .help("How long")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .labels(labelled ? Labels.of("operation", "getPet", "status", "200") : Labels.EMPTY)
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, each))
                        .sum(all * 0.25)
                        .build())
                .build();

        // then
        assertAsTheLibraryWrites(histogram);
        assertThat(written(histogram)).contains("le=\"+Inf\"} " + all + "\n");
    }

    @Test
    void aHistogramWithoutASumHasNone() {
        // given
        HistogramSnapshot histogram = HistogramSnapshot.builder()
                .name("took_seconds")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(
                                new double[] {1, Double.POSITIVE_INFINITY}, new long[] {2, 3}))
                        .build())
                .build();

        // then
        assertThat(written(histogram)).isEqualTo("""
                # TYPE took_seconds histogram
                took_seconds_bucket{le="1.0"} 2
                took_seconds_bucket{le="+Inf"} 5
                took_seconds_count 5
                """);
        assertAsTheLibraryWrites(histogram);
    }

    @Test
    void aNativeHistogramHasOneBucketOfAll() {
        // then
        assertAsTheLibraryWrites(HistogramSnapshot.builder()
                .name("took_seconds")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .nativeSchema(5)
                        .nativeZeroCount(7)
                        .sum(1)
                        .build())
                .build());
    }

    @Test
    void exemplarsAreNotOfThisFormat() {
        // given
        CounterSnapshot counter = CounterSnapshot.builder()
                .name("things")
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .value(1)
                        .exemplar(Exemplar.builder()
                                .value(1)
                                .traceId("0af7651916cd43dd8448eb211c80319c")
                                .spanId("b7ad6b7169203331")
                                .build())
                        .build())
                .build();

        // then
        assertThat(written(counter)).isEqualTo("# TYPE things_total counter\nthings_total 1.0\n");
        assertAsTheLibraryWrites(counter);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true",
        "true, true, false",
        "true, false, true",
        "true, false, false",
        "false, true, true",
        "false, true, false",
        "false, false, true",
        "false, false, false"
    })
    void aSummaryHasWhatItKnows(boolean quantiles, boolean count, boolean sum) {
        // given
        SummarySnapshot.SummaryDataPointSnapshot.Builder data = SummarySnapshot.SummaryDataPointSnapshot.builder();
        if (quantiles) {
            data.quantiles(Quantiles.of(new Quantile(0.5, 2), new Quantile(0.99, Double.NaN)));
        }
        if (count) {
            data.count(9);
        }
        if (sum) {
            data.sum(1.5);
        }
        SummarySnapshot summary = SummarySnapshot.builder()
                .name("sizes_bytes")
                .help("How large")
                .dataPoint(data.build())
                .build();

        // then
        assertThat(written(summary).isEmpty()).isEqualTo(!quantiles && !count && !sum);
        assertAsTheLibraryWrites(summary);
    }

    @Test
    void aSummaryLeavesOutTheSeriesThatKnowNothing() {
        // then
        assertAsTheLibraryWrites(SummarySnapshot.builder()
                .name("sizes_bytes")
                .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                        .labels(Labels.of("of", "a"))
                        .build())
                .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                        .labels(Labels.of("of", "b"))
                        .count(1)
                        .sum(2)
                        .build())
                .build());
    }

    @Test
    void aMetricWithoutSeriesIsNotWritten() {
        // then
        assertThat(written(GaugeSnapshot.builder().name("level").build())).isEmpty();
        assertThat(written(InfoSnapshot.builder().name("build").build())).isEmpty();
    }

    @Test
    void severalMetricsFollowEachOtherByName() {
        // then
        assertAsTheLibraryWrites(
                gauge("zeta", 1),
                gauge("alpha", 2),
                CounterSnapshot.builder()
                        .name("mid")
                        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                                .value(3)
                                .build())
                        .build());
    }

    @Test
    void aSetOfStatesIsLeftToTheLibraryAndAllElseWithIt() {
        // given
        StateSetSnapshot states = StateSetSnapshot.builder()
                .name("feature")
                .dataPoint(StateSetSnapshot.StateSetDataPointSnapshot.builder()
                        .state("on", true)
                        .build())
                .build();

        // then
        assertThat(PrometheusText.of(MetricSnapshots.of(gauge("alpha", 1), states)))
                .isEmpty();
    }
}

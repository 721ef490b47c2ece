package dev.brr.runtime.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.Optional;

/**
 * Writes Prometheus' text format (version 0.0.4) byte for byte as its client library does, without taking a lock for
 * each character of each description. What this service has no meters of, it leaves to the library.
 */
final class PrometheusText {
    private static final int USUAL_LENGTH = 32 * 1024;

    private final StringBuilder out = new StringBuilder(USUAL_LENGTH);

    private PrometheusText() {}

    /** Writes everything; nothing when there is something that only the library can write. */
    static Optional<String> of(MetricSnapshots snapshots) {
        PrometheusText text = new PrometheusText();
        String previous = "";
        for (MetricSnapshot snapshot : snapshots) {
            String name = snapshot.getMetadata().getPrometheusName();
            if (name.equals(previous) || !text.write(snapshot, name)) {
                return Optional.empty();
            }
            previous = name;
        }
        return Optional.of(text.out.toString());
    }

    private boolean write(MetricSnapshot snapshot, String name) {
        MetricMetadata metadata = snapshot.getMetadata();
        if (snapshot.getDataPoints().isEmpty()) {
            return true;
        }
        switch (snapshot) {
            case CounterSnapshot counter -> counter(counter, suffixed(metadata, "_total"));
            case InfoSnapshot info -> info(info, suffixed(metadata, "_info"));
            case GaugeSnapshot gauge -> {
                String original = metadata.getOriginalName();
                if (original.endsWith(".total") || original.endsWith(".created")) {
                    return false;
                }
                gauge(gauge, name);
            }
            case HistogramSnapshot histogram when !histogram.isGaugeHistogram() -> histogram(histogram, name);
            case SummarySnapshot summary -> summary(summary, name);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String suffixed(MetricMetadata metadata, String suffix) {
        String exposed = metadata.getExpositionBasePrometheusName();
        return exposed.endsWith(suffix) ? exposed : metadata.getPrometheusName() + suffix;
    }

    private void counter(CounterSnapshot snapshot, String name) {
        head(name, "counter", snapshot.getMetadata());
        for (CounterSnapshot.CounterDataPointSnapshot data : snapshot.getDataPoints()) {
            line(name, "", data);
            number(data.getValue());
        }
    }

    private void info(InfoSnapshot snapshot, String name) {
        head(name, "gauge", snapshot.getMetadata());
        for (InfoSnapshot.InfoDataPointSnapshot data : snapshot.getDataPoints()) {
            line(name, "", data);
            out.append("1\n");
        }
    }

    private void gauge(GaugeSnapshot snapshot, String name) {
        head(name, "gauge", snapshot.getMetadata());
        for (GaugeSnapshot.GaugeDataPointSnapshot data : snapshot.getDataPoints()) {
            line(name, "", data);
            number(data.getValue());
        }
    }

    private void histogram(HistogramSnapshot snapshot, String name) {
        head(name, "histogram", snapshot.getMetadata());
        for (HistogramSnapshot.HistogramDataPointSnapshot data : snapshot.getDataPoints()) {
            ClassicHistogramBuckets buckets = data.getClassicBuckets().isEmpty()
                    ? ClassicHistogramBuckets.of(new double[] {Double.POSITIVE_INFINITY}, new long[] {data.getCount()})
                    : data.getClassicBuckets();
            long count = 0;
            for (int i = 0; i < buckets.size(); i++) {
                count += buckets.getCount(i);
                line(name, "_bucket", data, "le", buckets.getUpperBound(i));
                out.append(count).append('\n');
            }
            countAndSum(name, data, data.hasCount(), data.getCount(), data.hasSum(), data.getSum());
        }
    }

    private void summary(SummarySnapshot snapshot, String name) {
        boolean begun = false;
        for (SummarySnapshot.SummaryDataPointSnapshot data : snapshot.getDataPoints()) {
            if (data.getQuantiles().size() == 0 && !data.hasCount() && !data.hasSum()) {
                continue;
            }
            if (!begun) {
                head(name, "summary", snapshot.getMetadata());
                begun = true;
            }
            for (Quantile quantile : data.getQuantiles()) {
                line(name, "", data, "quantile", quantile.getQuantile());
                number(quantile.getValue());
            }
            countAndSum(name, data, data.hasCount(), data.getCount(), data.hasSum(), data.getSum());
        }
    }

    private void countAndSum(
            String name, DataPointSnapshot data, boolean hasCount, long count, boolean hasSum, double sum) {
        if (hasCount) {
            line(name, "_count", data);
            out.append(count).append('\n');
        }
        if (hasSum) {
            line(name, "_sum", data);
            number(sum);
        }
    }

    private void head(String name, String type, MetricMetadata metadata) {
        String help = metadata.getHelp();
        if (help != null && !help.isEmpty()) {
            out.append("# HELP ").append(name).append(' ');
            escaped(help, false);
            out.append('\n');
        }
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String suffix, DataPointSnapshot data) {
        out.append(name).append(suffix);
        if (!data.getLabels().isEmpty()) {
            out.append('{');
            labels(data.getLabels());
            out.append('}');
        }
        out.append(' ');
    }

    private void line(String name, String suffix, DataPointSnapshot data, String label, double value) {
        out.append(name).append(suffix).append('{');
        if (!data.getLabels().isEmpty()) {
            labels(data.getLabels());
            out.append(',');
        }
        out.append(label).append("=\"");
        plain(value);
        out.append("\"} ");
    }

    private void labels(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(labels.getPrometheusName(i)).append("=\"");
            escaped(labels.getValue(i), true);
            out.append('"');
        }
    }

    private void escaped(String text, boolean quoted) {
        if (text.indexOf('\\') < 0 && text.indexOf('\n') < 0 && (!quoted || text.indexOf('"') < 0)) {
            out.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '"' -> out.append(quoted ? "\\\"" : "\"");
                default -> out.append(c);
            }
        }
    }

    private void number(double value) {
        plain(value);
        out.append('\n');
    }

    private void plain(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            out.append("+Inf");
        } else if (value == Double.NEGATIVE_INFINITY) {
            out.append("-Inf");
        } else {
            out.append(value);
        }
    }
}

package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other tests lean on this reading of PromQL. */
class PromqlNamesTest {

    @Test
    void findsEveryMetric() {
        // given
        var expression = "sum by (pod) (rate(a_total{namespace=\"n\", service=\"s\"}[5m]))"
                + " / on (pod) b_bytes{namespace=\"n\", service=\"s\"}";
        // when
        var metrics = PromqlNames.metrics(expression);
        // then
        assertThat(metrics).containsExactlyInAnyOrder("a_total", "b_bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(process_memory_rss_bytes)",
                "process_memory_rss_bytes{}",
                "process_memory_rss_bytes{service=\"s\"}",
                "process_memory_rss_bytes{namespace=\"n\"}",
                "rate(process_cpu_seconds_total[5m])",
                "a_b{namespace=\"n\", service=\"s\"} / c_d",
            })
    void noticesASelectorThatIsTooWide(String expression) {
        // given, when
        var unselected = PromqlNames.unselected(expression);
        // then
        assertThat(unselected).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a_b{namespace=\"n\", service=\"s\"}",
                "label_replace(0 * sum by (conf_hash) (a_b{namespace=\"n\", service=\"s\", x=\"y\"}),"
                        + " \"c_d\", \"e_f\", \"\", \"\")",
                "clamp_min(a_b{namespace=\"n\", service=\"s\"}, 0)"
                        + " or on (pod_name) NaN * sum(a_b{namespace=\"n\", service=\"s\"})",
            })
    void isContentWithSelectorsOfOneService(String expression) {
        // given, when
        var unselected = PromqlNames.unselected(expression);
        // then
        assertThat(unselected).isEmpty();
    }
}

package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every panel, whatever it shows. */
class DashboardPanelsTest {

    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    static Stream<Panel> panels() {
        return HeapDashboard.dashboard(Petstore.balanced()).panels();
    }

    static Stream<Target> targets() {
        return panels().flatMap(panel -> panel.targets().stream());
    }

    @Test
    void rowsAreWhatAReaderLooksFor() {
        // given
        var dashboard = HeapDashboard.dashboard(Petstore.balanced());
        // when
        var titles = dashboard.rows().stream().map(Row::title);
        // then
        assertThat(titles).containsExactly("Memory", "Allocation", "Memory by operation", "JVM", "Requests", "CPU");
    }

    @Test
    void showsWhatTheServiceIsMeasuredBy() {
        // given, when
        var titles = panels().map(Panel::title);
        // then
        assertThat(titles)
                .contains(
                        "Heap usage",
                        "Allocation rate",
                        "Memory efficiency",
                        "Fragmentation",
                        "RSS against the limit",
                        "Growth since the start",
                        "Requests by operation",
                        "Errors by status",
                        "Latency",
                        "CPU per request",
                        "Tuning of the pods");
    }

    @Test
    void titlesAreUnique() {
        // given, when
        var titles = panels().map(Panel::title);
        // then
        assertThat(titles).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("panels")
    void teaches(Panel panel) {
        // given, when
        var description = panel.description();
        // then
        assertThat(description).hasSizeBetween(80, 700).endsWith(".").doesNotContain("  ", "\n");
    }

    @ParameterizedTest
    @MethodSource("panels")
    void asksForSomethingAndNamesIt(Panel panel) {
        // given, when
        var legends = panel.targets().stream().map(Target::legend).toList();
        // then
        assertThat(legends)
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allSatisfy(legend -> assertThat(legend).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("panels")
    void unitFitsWhatIsShown(Panel panel) {
        // given
        var bytes = panel.targets().stream()
                .map(Target::expression)
                .allMatch(expression ->
                        PromqlNames.metrics(expression).stream().allMatch(metric -> metric.endsWith("_bytes"))
                                && !expression.contains(" / "));
        // when
        var unit = panel.unit();
        // then
        assertThat(unit == Unit.BYTES).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("panels")
    void onlyPanelsOfStatesShowWords(Panel panel) {
        // given, when
        var mapped = !panel.mappings().isEmpty();
        // then
        assertThat(mapped).isEqualTo(panel.unit() == Unit.STATE);
    }

    @ParameterizedTest
    @MethodSource("panels")
    void coloursRise(Panel panel) {
        // given, when
        var steps = panel.thresholds().stream().map(Threshold::from).toList();
        // then
        assertThat(steps).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void legendNamesNoLabelThatAnAggregationDrops(Target target) {
        // given
        var labels = LEGEND_LABEL
                .matcher(target.legend())
                .results()
                .map(label -> label.group(1))
                .toList();
        var aggregated = Stream.of("sum", "max", "min", "topk").anyMatch(target.expression()::startsWith)
                || target.expression().startsWith("histogram_quantile");
        // when
        var kept = aggregated
                ? Pattern.compile("by \\(([^)]*)\\)")
                        .matcher(target.expression())
                        .results()
                        .flatMap(by -> List.of(by.group(1).split(", ")).stream())
                        .toList()
                : List.of("pod");
        // then
        assertThat(kept).containsAll(labels);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void ratesLookBackAsFarAsGrafanaFindsRight(Target target) {
        // given
        var rates = Pattern.compile("\\brate\\(").matcher(target.expression());
        // when
        var variable = Pattern.compile("\\[\\$__rate_interval]").matcher(target.expression());
        // then: over a fixed time a rate is empty or coarse at other scrape intervals
        assertThat(variable.results().count()).isEqualTo(rates.results().count());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void takesNoRateOfAGauge(Target target) {
        // given
        var types = Scrape.recorded();
        // when
        var rated = Pattern.compile("(?:rate|increase)\\(([a-z0-9_]+)")
                .matcher(target.expression())
                .results()
                .map(rate -> rate.group(1))
                .filter(metric -> "gauge".equals(types.types().get(types.familyOf(metric))));
        // then: the one that is a gauge by type alone and only ever grows
        assertThat(rated).allMatch("process_memory_allocations"::equals);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void takesNoCounterAsItIs(Target target) {
        // given, when
        var expression = target.expression();
        // then
        assertThat(Pattern.compile("_total\\{[^}]*}(?!\\[)").matcher(expression).find())
                .as("a counter's height says nothing: %s", expression)
                .isFalse();
    }
}

package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.jemalloc.Absence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/reference says of metrics and alerts is so. */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "reference");
    private static final Pattern METRIC =
            Pattern.compile("\\| `([a-z0-9_]+)` \\|([^|]+)\\|([^|]+)\\|([^|]+)\\|([^|]+)\\|");
    private static final Pattern ALERT =
            Pattern.compile("\\| \\[(\\w+)]\\(#(\\w+)\\) \\| (\\w+) \\| (\\w+) \\| ([^|]+) \\|");

    record Metric(String type, String labels, String usedBy) {}

    static Map<String, Metric> metrics() throws IOException {
        var metrics = new LinkedHashMap<String, Metric>();
        METRIC.matcher(page("metrics.md"))
                .results()
                .forEach(row -> metrics.put(
                        row.group(1),
                        new Metric(
                                row.group(2).strip(),
                                row.group(3).strip(),
                                row.group(5).strip())));
        return metrics;
    }

    static Stream<AlertRule> alerts() {
        return HeapAlerts.rules(Petstore.balanced()).stream();
    }

    @Test
    void listsTheMetricsThatAProcessServesWithTheirTypes() throws IOException {
        // given
        var served = Scrape.recorded().types();
        // when
        var listed = metrics().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, metric -> metric.getValue().type()));
        // then
        assertThat(listed).containsExactlyInAnyOrderEntriesOf(served);
    }

    @Test
    void namesTheLabelsThatAMetricHas() throws IOException {
        // given
        var metrics = metrics();
        // when
        var samples = Scrape.recorded().samples();
        // then
        assertThat(samples).allSatisfy(sample -> {
            var family = Scrape.recorded().familyOf(sample.name());
            assertThat(metrics).containsKey(family);
            var labels = Objects.requireNonNull(metrics.get(family)).labels();
            assertThat(sample.labels().isEmpty())
                    .as("%s has labels {%s} and the page names: %s", sample.name(), sample.labels(), labels)
                    .isEqualTo(labels.isEmpty() || labels.contains("when 0"));
            assertThat(labelNames(sample.labels()))
                    .allSatisfy(label -> assertThat(labels).contains("`" + label + "`"));
        });
    }

    @Test
    void saysWhoUsesAMetric() throws IOException {
        // given
        var onDashboard = families(HeapDashboard.queries(Petstore.balanced(), Duration.ofMinutes(1)).stream());
        var inAlerts = families(HeapAlerts.groups(Petstore.balanced()).stream()
                .flatMap(group -> group.getRules().stream())
                .map(rule -> rule.getExpr().getStrVal()));
        // when
        var metrics = metrics();
        // then
        assertThat(metrics.keySet()).containsAll(onDashboard).containsAll(inAlerts);
        assertThat(metrics)
                .allSatisfy((name, metric) -> assertThat(metric.usedBy())
                        .as(name)
                        .isEqualTo(usedBy(onDashboard.contains(name), inAlerts.contains(name))));
    }

    @Test
    void namesEveryReasonForWhichJemallocIsNotThere() throws IOException {
        // given
        var reasons = Arrays.stream(Absence.values()).map(reason -> "`" + reason.tag() + "`");
        // when
        var pages = List.of(page("metrics.md"), page("alerts.md"));
        // then
        assertThat(reasons).allSatisfy(reason -> assertThat(pages).allMatch(page -> page.contains(reason)));
    }

    @Test
    void listsTheAlertsInTheirOrder() throws IOException {
        // given
        var alerts = alerts().map(alert -> List.of(
                alert.name(),
                alert.name().toLowerCase(Locale.ROOT),
                alert.severity().name().toLowerCase(Locale.ROOT),
                alert.holdsFor()));
        // when
        var listed = ALERT.matcher(page("alerts.md"))
                .results()
                .map(row -> List.of(row.group(1), row.group(2), row.group(3), row.group(4)));
        // then
        assertThat(listed).containsExactlyElementsOf(alerts.toList());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void hasASectionWhereTheRunbookPoints(AlertRule alert) throws IOException {
        // given
        var page = page("alerts.md");
        // when
        var sections = page.split("\n## ");
        // then
        assertThat(sections)
                .filteredOn(section -> section.startsWith(alert.name() + "\n"))
                .singleElement()
                .asString()
                .hasSizeGreaterThan(150);
    }

    @Test
    void hasNoSectionOfAnAlertThatWas() throws IOException {
        // given
        var names = alerts().map(AlertRule::name).toList();
        // when
        var sections = Pattern.compile("(?m)^## (.+)$")
                .matcher(page("alerts.md"))
                .results()
                .map(section -> section.group(1));
        // then
        assertThat(sections).containsExactlyElementsOf(names);
    }

    @Test
    void speaksOfPanelsThatExist() throws IOException {
        // given
        var titles = HeapDashboard.dashboard(Petstore.balanced())
                .panels()
                .map(Panel::title)
                .toList();
        // when
        var named = Pattern.compile("(?<![*\\w])\\*([A-Z][^*\\n]+)\\*(?!\\*)")
                .matcher(page("alerts.md"))
                .results()
                .map(title -> title.group(1))
                .toList();
        // then
        assertThat(named)
                .hasSizeGreaterThan(8)
                .allSatisfy(title -> assertThat(titles).contains(title));
    }

    private static Set<String> families(Stream<String> expressions) {
        var scrape = Scrape.recorded();
        return expressions
                .flatMap(expression -> PromqlNames.metrics(expression).stream())
                .map(scrape::familyOf)
                .collect(Collectors.toSet());
    }

    private static Set<String> labelNames(String labels) {
        var names = new HashSet<String>();
        Pattern.compile("([a-z_]+)=\"").matcher(labels).results().forEach(label -> names.add(label.group(1)));
        names.remove("le");
        return names;
    }

    private static String usedBy(boolean dashboard, boolean alerts) {
        if (dashboard) {
            return alerts ? "dashboard, alerts" : "dashboard";
        }
        return alerts ? "alerts" : "—";
    }

    private static String page(String name) throws IOException {
        return Files.readString(REFERENCE.resolve(name));
    }
}

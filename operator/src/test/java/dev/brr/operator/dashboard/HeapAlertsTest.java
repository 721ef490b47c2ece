package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.kubernetes.BrrServiceYaml;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which alerts a service has, and what each carries. */
class HeapAlertsTest {

    @TempDir
    private Path folder;

    static List<Rule> rules() {
        return rules(Petstore.balanced());
    }

    private static List<Rule> rules(BrrService service) {
        return HeapAlerts.groups(service).stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    private static Stream<String> names(BrrService service) {
        return rules(service).stream().map(Rule::getAlert);
    }

    @Test
    void areThose() {
        // given
        var service = Petstore.balanced();
        // when
        var names = names(service);
        // then
        assertThat(names)
                .containsExactly(
                        "MetricsMissing",
                        "AllocatorNotLoaded",
                        "MallocConfDrift",
                        "ProfilingLeftOn",
                        "MemoryNearLimit",
                        "OOMPredicted",
                        "NativeLeakSuspected",
                        "AllocatorHoardsMemory",
                        "GuardKeepsPurging",
                        "PoorMemoryEfficiency",
                        "HeapProfileKept");
    }

    @Test
    void areTheSameForAnEqualService() {
        // given
        var groups = HeapAlerts.groups(Petstore.balanced());
        // when
        var again = HeapAlerts.groups(Petstore.balanced());
        // then
        assertThat(again).isEqualTo(groups);
    }

    @Test
    void satisfyPromtool() throws Exception {
        // given
        var promtool = new Promtool(folder).rules(HeapAlerts.groups(Petstore.balanced()));
        // when
        var verdict = promtool.check();
        // then
        assertThat(verdict.content()).as(verdict.output()).isTrue();
        assertThat(verdict.output()).contains("11 rules found");
    }

    @Test
    void brokenRulesDoNotSatisfyPromtool() throws Exception {
        // given
        var groups = HeapAlerts.groups(Petstore.balanced());
        groups.getFirst().getRules().getFirst().getExpr().setValue("sum(jemalloc_loaded");
        // when
        var verdict = new Promtool(folder).rules(groups).check();
        // then
        assertThat(verdict.content()).isFalse();
        assertThat(verdict.output()).contains("MetricsMissing");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void carryWhatAPersonNeeds(Rule rule) {
        // given, when
        var annotations = rule.getAnnotations();
        // then
        assertThat(rule.getFor()).matches("\\d+[mh]");
        assertThat(rule.getLabels()).containsOnlyKeys("severity");
        assertThat(rule.getLabels().get("severity")).isIn("critical", "warning", "info");
        assertThat(annotations).containsOnlyKeys("summary", "description", "runbook");
        assertThat(annotations.get("summary")).hasSizeLessThan(120).doesNotContain("\n");
        assertThat(annotations.get("description")).hasSizeGreaterThan(80).endsWith(".");
        assertThat(annotations.get("runbook"))
                .isEqualTo("docs/reference/alerts.md#" + rule.getAlert().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void lookAtTheOneService(Rule rule) {
        // given
        var expression = rule.getExpr().getStrVal();
        // when
        var unselected = PromqlNames.unselected(expression);
        // then
        assertThat(unselected).isEmpty();
        assertThat(expression).doesNotContain("$", "SERVICE");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void askOnlyForWhatAProcessServes(Rule rule) {
        // given
        var scrape = Scrape.recorded();
        // when
        var metrics = PromqlNames.metrics(rule.getExpr().getStrVal());
        // then
        assertThat(metrics)
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(scrape.types()).containsKey(scrape.familyOf(metric)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LowRss", "Balanced", "Throughput", "Profiling"})
    void driftIsMeasuredByTheFingerprintOfTheWantedTuning(String preset) {
        // given
        var service = Petstore.preset(preset);
        // when
        var drift = rule(service, "MallocConfDrift").getExpr().getStrVal();
        // then
        assertThat(drift).endsWith("conf_hash!=\"%s\"}".formatted(Petstore.wantedHash(service)));
    }

    @Test
    void fingerprintIsTheOneThatTheProcessReports() {
        // given: recorded under the MALLOC_CONF of this very service
        var reported = Scrape.recorded().samples().stream()
                .filter(sample -> sample.name().equals("jemalloc_info"))
                .map(Scrape.Sample::labels)
                .toList();
        // when
        var wanted = Petstore.wantedHash(Petstore.balanced());
        // then
        assertThat(reported).singleElement().asString().contains("conf_hash=\"%s\"".formatted(wanted));
    }

    @Test
    void nothingDriftsFromATuningThatIsRefused() {
        // given
        var service = Petstore.refused();
        // when
        var names = names(service);
        // then
        assertThat(names).doesNotContain("MallocConfDrift", "ProfilingLeftOn").contains("AllocatorNotLoaded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"malloc: {preset: Profiling}", "malloc: {preset: LowRss, options: {prof_active: \"true\"}}"})
    void profilingThatIsWantedIsNoAlert(String spec) {
        // given
        var service = BrrServiceYaml.withSpec(spec);
        // when
        var names = names(service);
        // then
        assertThat(names).doesNotContain("ProfilingLeftOn").contains("MallocConfDrift");
    }

    @Test
    void profilingThatIsUnwantedInThePresetOfItIsAnAlert() {
        // given
        var service = BrrServiceYaml.withSpec("malloc: {preset: Profiling, options: {prof_active: \"false\"}}");
        // when
        var names = names(service);
        // then
        assertThat(names).contains("ProfilingLeftOn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicas: 1", "{}", "replicas: 0\nautoscaling: {min: 1, max: 3, cpu: 80}"})
    void podsThatShouldRunAreMissed(String spec) {
        // given
        var service = BrrServiceYaml.withSpec(spec);
        // when
        var names = names(service);
        // then
        assertThat(names).contains("MetricsMissing");
    }

    @Test
    void podsThatShouldNotRunAreNotMissed() {
        // given
        var service = BrrServiceYaml.withSpec("replicas: 0");
        // when
        var names = names(service);
        // then
        assertThat(names).doesNotContain("MetricsMissing").contains("AllocatorNotLoaded");
    }

    @Test
    void serviceWithoutSpecHasThemAll() {
        // given
        var service = BrrServiceYaml.withoutSpec();
        // when
        var names = names(service);
        // then
        assertThat(names).hasSize(11);
    }

    @Test
    void groupIsNamedLikeTheService() {
        // given
        var service = BrrServiceYaml.named("warehouse", "stock");
        // when
        var groups = HeapAlerts.groups(service);
        // then
        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.getName()).isEqualTo("stock-memory");
            assertThat(group.getRules())
                    .allSatisfy(rule -> assertThat(rule.getExpr().getStrVal())
                            .contains("namespace=\"warehouse\", service=\"stock\""));
        });
    }

    static Rule rule(BrrService service, String name) {
        return rules(service).stream()
                .filter(rule -> rule.getAlert().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

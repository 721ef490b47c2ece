package dev.brr.operator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each alert fires when it should and is quiet when it should be, by Prometheus' own engine.
 *
 * <p>The cases are unit tests in promtool's format, one file for each alert, in the folder {@code alerts}.
 */
class AlertRulesTest {

    private static final Path CASES = Path.of("src", "test", "resources", "dashboard", "alerts");

    @TempDir
    private Path folder;

    static Stream<String> alerts() {
        return HeapAlerts.rules(Petstore.balanced()).stream().map(AlertRule::name);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void firesAndIsQuietAsItsCasesSay(String alert) throws Exception {
        // given
        var promtool = new Promtool(folder).rules(HeapAlerts.groups(Petstore.balanced()));
        // when
        var verdict = promtool.test(cases(alert));
        // then
        assertThat(verdict.content()).as(verdict.output()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void hasCasesOfBothKinds(String alert) throws IOException {
        // given
        var tests = Serialization.unmarshal(cases(alert), JsonNode.class).get("tests");
        // when
        var firing = elements(tests).filter(test -> fires(test, alert)).toList();
        var quiet = elements(tests).filter(test -> !fires(test, alert)).toList();
        // then
        assertThat(firing)
                .isNotEmpty()
                .allSatisfy(test -> assertThat(name(test)).startsWith("fires "));
        assertThat(quiet).isNotEmpty().allSatisfy(test -> assertThat(name(test)).startsWith("is quiet "));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void casesNoticeThatItIsGone(String alert) throws Exception {
        // given
        var groups = HeapAlerts.groups(Petstore.balanced());
        rules(groups).removeIf(rule -> rule.getAlert().equals(alert));
        // when
        var verdict = new Promtool(folder).rules(groups).test(cases(alert));
        // then
        assertThat(verdict.content()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void casesNoticeThatItDoesNotWait(String alert) throws Exception {
        // given
        var groups = HeapAlerts.groups(Petstore.balanced());
        rules(groups).forEach(rule -> rule.setFor("0s"));
        // when
        var verdict = new Promtool(folder).rules(groups).test(cases(alert));
        // then
        assertThat(verdict.content()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("guardedAlerts")
    void casesNoticeThatAGuardIsGone(Guarded guarded) throws Exception {
        // given
        var groups = HeapAlerts.groups(Petstore.balanced());
        rules(groups).stream()
                .filter(rule -> rule.getAlert().equals(guarded.alert()))
                .forEach(rule -> rule.getExpr().setValue(guarded.expression()));
        // when
        var verdict = new Promtool(folder).rules(groups).test(cases(guarded.alert()));
        // then
        assertThat(verdict.content()).isFalse();
    }

    /** An alert, and its expression with one of its conditions left out. */
    record Guarded(String alert, String expression) {}

    static Stream<Guarded> guardedAlerts() {
        return rules(HeapAlerts.groups(Petstore.balanced())).stream().flatMap(rule -> {
            var conditions = List.of(rule.getExpr().getStrVal().split(" and "));
            return conditions.stream()
                    .filter(_ -> conditions.size() > 1)
                    .map(left -> new Guarded(
                            rule.getAlert(),
                            String.join(
                                    " and ",
                                    conditions.stream()
                                            .filter(condition -> !condition.equals(left))
                                            .toList())));
        });
    }

    @Test
    void noCasesAreLeftOverFromAnAlertThatWas() throws IOException {
        // given
        var wanted = alerts().map(alert -> alert + ".yaml").toList();
        // when
        try (var files = Files.list(CASES)) {
            // then
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    private static List<Rule> rules(List<RuleGroup> groups) {
        return groups.getFirst().getRules();
    }

    private static String cases(String alert) throws IOException {
        return Files.readString(CASES.resolve(alert + ".yaml"))
                .replace("@WANTED@", Petstore.wantedHash(Petstore.balanced()));
    }

    private static boolean fires(JsonNode test, String alert) {
        return elements(test.get("alert_rule_test"))
                .filter(expectation -> expectation.get("alertname").asText().equals(alert))
                .anyMatch(expectation -> !expectation.get("exp_alerts").isEmpty());
    }

    private static String name(JsonNode test) {
        return test.get("name").asText();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}

package dev.brr.operator.dashboard;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says when somebody should look at a service's memory.
 *
 * @param name the alert's name; its page in the reference has it as a heading
 * @param expression PromQL with the placeholders of {@link ServiceSelector}; each series of its result is an alert
 * @param holdsFor how long it must hold, as Prometheus writes durations
 * @param severity how soon somebody should look
 * @param summary what happened, in one line; may hold Prometheus' templates
 * @param description what it means, with the figures; may hold Prometheus' templates
 */
record AlertRule(
        String name, String expression, String holdsFor, Severity severity, String summary, String description) {

    private static final String RUNBOOKS = "docs/reference/alerts.md#";

    /** Says how soon somebody should look. */
    enum Severity {
        /** Now: the service is about to fail. */
        CRITICAL,
        /** In working hours: something is wrong, nothing fails yet. */
        WARNING,
        /** At leisure. */
        INFO
    }

    /** Returns the rule as a PrometheusRule holds it. */
    Rule rule(ServiceSelector service) {
        return new RuleBuilder()
                .withAlert(name)
                .withExpr(new IntOrString(service.in(expression)))
                .withFor(holdsFor)
                .withLabels(Map.of("severity", severity.name().toLowerCase(Locale.ROOT)))
                .withAnnotations(new TreeMap<>(Map.of(
                        "summary", summary,
                        "description", description,
                        "runbook", RUNBOOKS + name.toLowerCase(Locale.ROOT))))
                .build();
    }
}

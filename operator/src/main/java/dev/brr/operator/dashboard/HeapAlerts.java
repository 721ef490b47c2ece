package dev.brr.operator.dashboard;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.jemalloc.conf.Tuning;
import dev.brr.operator.tuning.WantedTuning;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroupBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the alerts of a service. */
public final class HeapAlerts {

    private HeapAlerts() {}

    /** Returns the rule groups, the same for the same service. */
    public static List<RuleGroup> groups(BrrService service) {
        var selector = ServiceSelector.everyPod(service);
        return List.of(new RuleGroupBuilder()
                .withName(service.getMetadata().getName() + "-memory")
                .withRules(
                        rules(service).stream().map(rule -> rule.rule(selector)).toList())
                .build());
    }

    /** Leaves out what the spec itself asks for: nobody is to be told of their own wish. */
    static List<AlertRule> rules(BrrService service) {
        var rules = new ArrayList<AlertRule>();
        if (wantsPods(service)) {
            rules.add(PodAlerts.metricsMissing());
        }
        rules.add(PodAlerts.allocatorNotLoaded());
        if (WantedTuning.decide(service.getSpec()) instanceof Tuning.Decision.Tuned(var conf)) {
            rules.add(PodAlerts.mallocConfDrift(conf.hash()));
            if (!"true".equals(conf.options().get("prof_active"))) {
                rules.add(PodAlerts.profilingLeftOn());
            }
        }
        rules.addAll(MemoryAlerts.rules());
        return rules;
    }

    private static boolean wantsPods(BrrService service) {
        return Optional.ofNullable(service.getSpec())
                .filter(spec -> spec.autoscaling() == null)
                .map(BrrServiceSpec::replicas)
                .map(replicas -> replicas > 0)
                .orElse(true);
    }
}

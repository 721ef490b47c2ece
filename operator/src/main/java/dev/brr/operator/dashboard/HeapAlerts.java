package dev.brr.operator.dashboard;

import dev.brr.api.v1alpha1.BrrService;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroupBuilder;
import java.util.List;

/** Makes the alerts of a service. */
public final class HeapAlerts {

    private HeapAlerts() {}

    /** Returns the rule groups, the same for the same service. */
    public static List<RuleGroup> groups(BrrService service) {
        return List.of(new RuleGroupBuilder()
                .withName(service.getMetadata().getName() + "-memory")
                .build());
    }
}

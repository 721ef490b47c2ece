package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.MonitoringSpec;
import dev.brr.api.v1alpha1.ScrapeMode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * Holds what this reconciliation decided, for the dependents to apply.
 *
 * @param plan what the Deployment should run
 * @param scrape how Prometheus finds the pods
 * @param statedReplicas how many pods the Deployment has, where this operator states it
 */
record Desired(RolloutPlan plan, ScrapeMode scrape, Optional<Integer> statedReplicas) {

    private static final String KEY = "desired";

    /** Makes it available to the dependents of one reconciliation. */
    <P extends HasMetadata> void in(Context<P> context) {
        context.managedWorkflowAndDependentResourceContext().put(KEY, this);
    }

    /** Returns what the reconciliation decided. */
    static <P extends HasMetadata> Desired of(Context<P> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(KEY, Desired.class);
    }

    /** Returns a service's monitoring settings, all absent where it has none. */
    static MonitoringSpec monitoring(BrrService service) {
        return Optional.ofNullable(service.getSpec())
                .map(spec -> spec.monitoring())
                .orElseGet(() -> new MonitoringSpec(null, null, null));
    }
}

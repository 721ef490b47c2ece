package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.api.v1alpha1.RolloutSpec;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Applies the Deployment. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR))
public final class DeploymentDependentResource extends CRUDKubernetesDependentResource<Deployment, BrrService> {

    /** Creates for the framework. */
    public DeploymentDependentResource() {
        super(Deployment.class);
    }

    /** Is known without the desired state, which there is none of once the object is unwanted. */
    @Override
    protected ResourceID targetSecondaryResourceID(BrrService service, Context<BrrService> context) {
        return ResourceID.fromResource(service);
    }

    @Override
    protected Deployment desired(BrrService service, Context<BrrService> context) {
        var desired = Desired.of(context);
        return deployment(service, desired, desired.plan().target().orElseThrow());
    }

    static Deployment deployment(BrrService service, Desired desired, Target target) {
        var metadata = Names.metadata(service);
        metadata.setAnnotations(annotations(desired.plan(), target));
        // @formatter:off
        return new DeploymentBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withReplicas(replicas(service, desired))
                .withProgressDeadlineSeconds(progressDeadlineSeconds(service))
                .withRevisionHistoryLimit(3)
                .withNewSelector()
                .withMatchLabels(Labels.selector(service))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withNewMaxSurge(1)
                .withNewMaxUnavailable(0)
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(ServicePods.template(service, target, desired.scrape()))
                .endSpec()
                .build();
        // @formatter:on
    }

    /**
     * Leaves replicas to the autoscaler where there is one: who states them owns them. A number that the operator stated
     * before stays stated until the autoscaler sets another, because the API server makes one pod of what nobody states any
     * more; and of none it makes one, because an autoscaler leaves a Deployment of none alone.
     */
    private static @Nullable Integer replicas(BrrService service, Desired desired) {
        return Optional.ofNullable(service.getSpec())
                        .filter(spec -> spec.autoscaling() != null)
                        .isPresent()
                ? desired.statedReplicas().map(number -> Math.max(1, number)).orElse(null)
                : Integer.valueOf(wantedReplicas(service));
    }

    static int wantedReplicas(BrrService service) {
        return Optional.ofNullable(service.getSpec())
                .map(BrrServiceSpec::replicas)
                .orElse(1);
    }

    private static int progressDeadlineSeconds(BrrService service) {
        return Optional.ofNullable(service.getSpec())
                .map(BrrServiceSpec::rollout)
                .map(RolloutSpec::progressDeadlineSeconds)
                .orElse(120);
    }

    private static Map<String, String> annotations(RolloutPlan plan, Target target) {
        var annotations = new TreeMap<String, String>();
        annotations.put(Labels.BUILD_INPUTS, target.buildInputs());
        annotations.put(Labels.APPLIED_TARGET, target.hash());
        switch (plan) {
            case RolloutPlan.RollBack(var _, var failedTarget) -> annotations.put(Labels.FAILED_TARGET, failedTarget);
            case RolloutPlan.Keep(var _, var failedTarget) ->
                failedTarget.ifPresent(hash -> annotations.put(Labels.FAILED_TARGET, hash));
            case RolloutPlan.Nothing(), RolloutPlan.Roll(var _, var _) -> {
                // what failed before is not what is wanted now
            }
        }
        return annotations;
    }

    /** Is met when there is something to run. */
    public static final class HasTarget implements Condition<Deployment, BrrService> {
        @Override
        public boolean isMet(
                DependentResource<Deployment, BrrService> dependent, BrrService service, Context<BrrService> context) {
            return Desired.of(context).plan().target().isPresent();
        }
    }
}

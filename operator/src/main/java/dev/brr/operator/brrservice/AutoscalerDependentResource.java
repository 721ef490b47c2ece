package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.Autoscaling;
import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceSpec;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies the HorizontalPodAutoscaler of a service that wants one. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR))
public final class AutoscalerDependentResource
        extends CRUDKubernetesDependentResource<HorizontalPodAutoscaler, BrrService> {

    /** Creates for the framework. */
    public AutoscalerDependentResource() {
        super(HorizontalPodAutoscaler.class);
    }

    /** Is known without the desired state, which there is none of once the object is unwanted. */
    @Override
    protected ResourceID targetSecondaryResourceID(BrrService service, Context<BrrService> context) {
        return ResourceID.fromResource(service);
    }

    @Override
    protected HorizontalPodAutoscaler desired(BrrService service, Context<BrrService> context) {
        return autoscaler(service, autoscaling(service).orElseThrow());
    }

    static HorizontalPodAutoscaler autoscaler(BrrService service, Autoscaling autoscaling) {
        // @formatter:off
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(Names.metadata(service))
                .withNewSpec()
                .withNewScaleTargetRef(
                        "apps/v1", "Deployment", service.getMetadata().getName())
                .withMinReplicas(Optional.ofNullable(autoscaling.min()).orElse(1))
                .withMaxReplicas(autoscaling.max())
                .withMetrics(metrics(autoscaling))
                .endSpec()
                .build();
        // @formatter:on
    }

    private static List<MetricSpec> metrics(Autoscaling autoscaling) {
        var metrics = new ArrayList<MetricSpec>();
        Optional.ofNullable(autoscaling.cpu()).ifPresent(percent -> metrics.add(metric("cpu", percent)));
        Optional.ofNullable(autoscaling.memory()).ifPresent(percent -> metrics.add(metric("memory", percent)));
        return metrics;
    }

    private static MetricSpec metric(String resource, int percent) {
        return new MetricSpecBuilder()
                .withType("Resource")
                .withNewResource()
                .withName(resource)
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(percent)
                .endTarget()
                .endResource()
                .build();
    }

    private static Optional<Autoscaling> autoscaling(BrrService service) {
        return Optional.ofNullable(service.getSpec()).map(BrrServiceSpec::autoscaling);
    }

    /** Is met where the spec asks for autoscaling. */
    public static final class IsWanted implements Condition<HorizontalPodAutoscaler, BrrService> {
        @Override
        public boolean isMet(
                DependentResource<HorizontalPodAutoscaler, BrrService> dependent,
                BrrService service,
                Context<BrrService> context) {
            return autoscaling(service).isPresent();
        }
    }
}

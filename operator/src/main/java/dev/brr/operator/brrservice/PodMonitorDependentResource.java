package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.ScrapeMode;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import dev.brr.operator.kubernetes.StatedFields;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.dependent.workflow.CRDPresentActivationCondition;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Applies the PodMonitor of prometheus-operator. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR))
public final class PodMonitorDependentResource extends CRUDKubernetesDependentResource<PodMonitor, BrrService> {

    /** Creates for the framework. */
    public PodMonitorDependentResource() {
        super(PodMonitor.class);
    }

    @Override
    protected PodMonitor desired(BrrService service, Context<BrrService> context) {
        return podMonitor(service);
    }

    @Override
    public Result<PodMonitor> match(
            PodMonitor actual, PodMonitor desired, BrrService service, Context<BrrService> context) {
        return Result.computed(StatedFields.areKept(desired, actual), desired);
    }

    static PodMonitor podMonitor(BrrService service) {
        // @formatter:off
        return new PodMonitorBuilder()
                .withMetadata(Names.metadata(service))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Labels.selector(service))
                .endSelector()
                .withPodTargetLabels(Labels.INSTANCE)
                .addNewPodMetricsEndpoint()
                .withPort(Names.MANAGEMENT_PORT)
                .withPath("/metrics")
                .addNewRelabeling()
                .withSourceLabels("__meta_kubernetes_pod_label_app_kubernetes_io_instance")
                .withTargetLabel("service")
                .endRelabeling()
                .endPodMetricsEndpoint()
                .endSpec()
                .build();
        // @formatter:on
    }

    /** Is met where the cluster knows PodMonitors. */
    public static final class IsInstalled extends CRDPresentActivationCondition<PodMonitor, BrrService> {}

    /** Is met where this service is scraped by one. */
    public static final class IsWanted implements Condition<PodMonitor, BrrService> {
        @Override
        public boolean isMet(
                DependentResource<PodMonitor, BrrService> dependent, BrrService service, Context<BrrService> context) {
            return Desired.of(context).scrape() == ScrapeMode.PodMonitor;
        }
    }
}

package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.dashboard.HeapDashboard;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import java.util.Map;

/** Applies the ConfigMap that Grafana's sidecar takes the dashboard from. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR))
public final class DashboardDependentResource extends CRUDKubernetesDependentResource<ConfigMap, BrrService> {

    /** Creates for the framework. */
    public DashboardDependentResource() {
        super(ConfigMap.class);
    }

    @Override
    protected ConfigMap desired(BrrService service, Context<BrrService> context) {
        return configMap(service);
    }

    static ConfigMap configMap(BrrService service) {
        var metadata = Names.metadata(service, Names.dashboard(service));
        metadata.getLabels().put("grafana_dashboard", "1");
        metadata.setAnnotations(Map.of("grafana_folder", "brr"));
        return new ConfigMapBuilder()
                .withMetadata(metadata)
                .withData(Map.of(service.getMetadata().getName() + ".json", HeapDashboard.json(service)))
                .build();
    }

    /** Is met unless the spec turns the dashboard off. */
    public static final class IsWanted implements Condition<ConfigMap, BrrService> {
        @Override
        public boolean isMet(
                DependentResource<ConfigMap, BrrService> dependent, BrrService service, Context<BrrService> context) {
            return isWanted(service);
        }
    }

    static boolean isWanted(BrrService service) {
        var dashboard = Desired.monitoring(service).dashboard();
        return dashboard == null || dashboard;
    }
}

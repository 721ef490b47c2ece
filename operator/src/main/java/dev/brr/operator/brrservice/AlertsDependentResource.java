package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.dashboard.HeapAlerts;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import dev.brr.operator.kubernetes.StatedFields;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.dependent.workflow.CRDPresentActivationCondition;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Applies the alerts as a PrometheusRule of prometheus-operator. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR))
public final class AlertsDependentResource extends CRUDKubernetesDependentResource<PrometheusRule, BrrService> {

    /** Creates for the framework. */
    public AlertsDependentResource() {
        super(PrometheusRule.class);
    }

    @Override
    protected PrometheusRule desired(BrrService service, Context<BrrService> context) {
        return rule(service);
    }

    @Override
    public Result<PrometheusRule> match(
            PrometheusRule actual, PrometheusRule desired, BrrService service, Context<BrrService> context) {
        return Result.computed(StatedFields.areKept(desired, actual), desired);
    }

    static PrometheusRule rule(BrrService service) {
        return new PrometheusRuleBuilder()
                .withMetadata(Names.metadata(service))
                .withNewSpec()
                .withGroups(HeapAlerts.groups(service))
                .endSpec()
                .build();
    }

    /** Is met where the cluster knows PrometheusRules. */
    public static final class IsInstalled extends CRDPresentActivationCondition<PrometheusRule, BrrService> {}

    /** Is met unless the spec turns the alerts off. */
    public static final class IsWanted implements Condition<PrometheusRule, BrrService> {
        @Override
        public boolean isMet(
                DependentResource<PrometheusRule, BrrService> dependent,
                BrrService service,
                Context<BrrService> context) {
            var alerts = Desired.monitoring(service).alerts();
            return alerts == null || alerts;
        }
    }
}

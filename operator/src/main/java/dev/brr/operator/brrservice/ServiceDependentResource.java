package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** Applies the Service. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR))
public final class ServiceDependentResource extends CRUDKubernetesDependentResource<Service, BrrService> {

    /** Creates for the framework. */
    public ServiceDependentResource() {
        super(Service.class);
    }

    @Override
    protected Service desired(BrrService service, Context<BrrService> context) {
        return service(service);
    }

    static Service service(BrrService service) {
        // @formatter:off
        return new ServiceBuilder()
                .withMetadata(Names.metadata(service))
                .withNewSpec()
                .withSelector(Labels.selector(service))
                .addNewPort()
                .withName(Names.HTTP_PORT)
                .withPort(80)
                .withNewTargetPort(Names.HTTP_PORT)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName(Names.MANAGEMENT_PORT)
                .withPort(Names.MANAGEMENT)
                .withNewTargetPort(Names.MANAGEMENT_PORT)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
        // @formatter:on
    }
}

package dev.brr.operator.kubernetes;

import dev.brr.api.v1alpha1.BrrService;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** Knows what the objects, ports and files of a service are called. */
public final class Names {

    /** The field manager of everything that the operator applies. */
    public static final String FIELD_MANAGER = "brr-operator";
    /** The service's container in its pods. */
    public static final String CONTAINER = "service";
    /** The port that serves the document. */
    public static final String HTTP_PORT = "http";
    /** The port that serves health, metrics and the allocator's report. */
    public static final String MANAGEMENT_PORT = "management";
    /** Number of {@link #HTTP_PORT}. */
    public static final int HTTP = 8080;
    /** Number of {@link #MANAGEMENT_PORT}. */
    public static final int MANAGEMENT = 9090;

    private Names() {}

    /** Returns the name of the dashboard's ConfigMap. */
    public static String dashboard(BrrService service) {
        return service.getMetadata().getName() + "-dashboard";
    }

    /** Returns the name of the Secret whose {@code token} opens the service's heap profiles; people make it. */
    public static String debugSecret(BrrService service) {
        return service.getMetadata().getName() + "-debug";
    }

    /** Returns metadata for an object named like its BrrService, labelled and owned by it. */
    public static ObjectMeta metadata(BrrService service) {
        return metadata(service, service.getMetadata().getName());
    }

    /** Returns metadata for an object of the given name, labelled and owned by its BrrService. */
    public static ObjectMeta metadata(BrrService service, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(service.getMetadata().getNamespace())
                .withLabels(Labels.of(service))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(service.getApiVersion())
                        .withKind(service.getKind())
                        .withName(service.getMetadata().getName())
                        .withUid(service.getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build())
                .build();
    }
}

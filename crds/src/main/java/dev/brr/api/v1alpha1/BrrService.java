package dev.brr.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Describes one service: an OpenAPI document and what its memory should do. The only mutable class of the API. */
@Group(BrrService.GROUP)
@Version(BrrService.VERSION)
@ShortNames("brr")
@Categories("all")
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Replicas",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.readyReplicas")
@AdditionalPrinterColumn(name = "Preset", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.malloc.preset")
@AdditionalPrinterColumn(
        name = "Image",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.image.revision")
@AdditionalPrinterColumn(
        name = "Reason",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Hungriest",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.hungriestOperation.operationId",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
public class BrrService extends CustomResource<BrrServiceSpec, BrrServiceStatus> implements Namespaced {

    /** The API group. */
    public static final String GROUP = "brr.dev";
    /** The API version. */
    public static final String VERSION = "v1alpha1";

    private static final long serialVersionUID = 1L;

    /** Leaves the spec absent: records have no empty form, and an absent spec must not look like an empty one. */
    @Override
    @SuppressWarnings("NullAway") // the superclass, not null-marked, takes null here and means it
    protected BrrServiceSpec initSpec() {
        return null;
    }

    /** Leaves the status absent until the operator has observed something. */
    @Override
    @SuppressWarnings("NullAway") // as above
    protected BrrServiceStatus initStatus() {
        return null;
    }
}

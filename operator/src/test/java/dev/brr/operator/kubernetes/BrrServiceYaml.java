package dev.brr.operator.kubernetes;

import dev.brr.api.v1alpha1.BrrService;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Reads BrrServices from YAML, the way people write them. */
public final class BrrServiceYaml {

    private static final String METADATA = """
            apiVersion: brr.dev/v1alpha1
            kind: BrrService
            metadata:
              name: petstore
              namespace: shop
              uid: 5f1c6a52-3c0e-4b39-9d5d-8f6f0f6f0a01
              generation: 3
            """;

    private BrrServiceYaml() {}

    /** Returns the BrrService that a whole YAML document describes. */
    public static BrrService read(String yaml) {
        return Serialization.unmarshal(yaml, BrrService.class);
    }

    /** Returns the service petstore in namespace shop, generation 3, with the given lines below {@code spec:}. */
    public static BrrService withSpec(String spec) {
        return read(METADATA + "spec:\n" + spec.indent(2));
    }

    /** Returns the service petstore in namespace shop, generation 3, without any spec. */
    public static BrrService withoutSpec() {
        return read(METADATA);
    }

    /** Returns the service of a name in a namespace, without any spec. */
    public static BrrService named(String namespace, String name) {
        var service = withoutSpec();
        service.getMetadata().setNamespace(namespace);
        service.getMetadata().setName(name);
        return service;
    }
}

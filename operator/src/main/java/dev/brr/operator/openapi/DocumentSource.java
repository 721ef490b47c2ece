package dev.brr.operator.openapi;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.KeyRef;
import dev.brr.api.v1alpha1.OpenApiSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds the document that a BrrService names. */
public final class DocumentSource {

    private final String bundled;
    private final BiFunction<String, String, Optional<ConfigMap>> configMaps;

    /**
     * Creates a source.
     *
     * @param bundled the pet store's document
     * @param configMaps looks a ConfigMap up by namespace and name
     */
    public DocumentSource(String bundled, BiFunction<String, String, Optional<ConfigMap>> configMaps) {
        this.bundled = bundled;
        this.configMaps = configMaps;
    }

    /** Returns the document of a service, or what is missing. */
    public DocumentResolution resolve(BrrService service) {
        return reference(service)
                .map(reference -> fromConfigMap(service.getMetadata().getNamespace(), reference))
                .orElseGet(() -> inline(service));
    }

    /** Returns the ConfigMap key that a service names, if it names one. */
    public static Optional<KeyRef> reference(BrrService service) {
        return source(service).map(OpenApiSource::configMapKeyRef);
    }

    private DocumentResolution inline(BrrService service) {
        return source(service)
                .map(OpenApiSource::inline)
                .map(text -> new DocumentResolution.Found(text, false))
                .orElseGet(() -> new DocumentResolution.Found(bundled, true));
    }

    private DocumentResolution fromConfigMap(String namespace, KeyRef reference) {
        var configMap = configMaps.apply(namespace, reference.name());
        if (configMap.isEmpty()) {
            return new DocumentResolution.Missing(
                    "spec.openapi.configMapKeyRef: there is no ConfigMap %s in namespace %s"
                            .formatted(reference.name(), namespace));
        }
        var data = configMap.get().getData();
        var text = data == null ? null : data.get(reference.key());
        if (text == null || text.isBlank()) {
            return new DocumentResolution.Missing("spec.openapi.configMapKeyRef: ConfigMap %s has no key %s%s"
                    .formatted(
                            reference.name(),
                            reference.key(),
                            data == null || data.isEmpty() ? "" : "; it has " + String.join(", ", data.keySet())));
        }
        return new DocumentResolution.Found(text, false);
    }

    private static Optional<OpenApiSource> source(BrrService service) {
        return Optional.ofNullable(service.getSpec()).map(spec -> spec.openapi());
    }
}

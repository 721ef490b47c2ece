package dev.brr.operator.kubernetes;

import dev.brr.api.v1alpha1.BrrService;
import java.util.Map;
import java.util.TreeMap;

/** Knows the labels and annotations of every object that the operator makes. */
public final class Labels {

    /** Whose objects these are; every informer on secondary objects selects by it. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** The name of the BrrService that an object belongs to. */
    public static final String INSTANCE = "app.kubernetes.io/instance";
    /** The value of {@link #MANAGED_BY}. */
    public static final String OPERATOR = "brr-operator";
    /** {@link #MANAGED_BY} and its value as a label selector. */
    public static final String SELECTOR = MANAGED_BY + "=" + OPERATOR;

    /** Deployment annotation: the hash of the build inputs whose image it runs, see {@code BuildRequest}. */
    public static final String BUILD_INPUTS = "brr.dev/build-inputs";
    /** Deployment annotation: the hash of the target that was applied. */
    public static final String APPLIED_TARGET = "brr.dev/applied-target";
    /** Deployment annotation: the hash of a target whose rollout failed and was rolled back. */
    public static final String FAILED_TARGET = "brr.dev/failed-target";

    private Labels() {}

    /** Returns the labels of an object that belongs to a BrrService, in a fixed order. */
    public static Map<String, String> of(BrrService service) {
        var labels = new TreeMap<>(selector(service));
        labels.put("app.kubernetes.io/name", service.getMetadata().getName());
        labels.put("app.kubernetes.io/part-of", "brr");
        return labels;
    }

    /** Returns the labels that select a BrrService's pods; they never change, as a Deployment's selector cannot. */
    public static Map<String, String> selector(BrrService service) {
        return new TreeMap<>(Map.of(INSTANCE, service.getMetadata().getName(), MANAGED_BY, OPERATOR));
    }

    /** Returns the pods' selector as the text that the scale subresource wants. */
    public static String selectorText(BrrService service) {
        var text = new StringBuilder();
        selector(service)
                .forEach((key, value) -> text.append(text.isEmpty() ? "" : ",")
                        .append(key)
                        .append('=')
                        .append(value));
        return text.toString();
    }
}

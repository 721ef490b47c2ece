package dev.brr.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Tells whether an object in the cluster still says all that the operator states.
 *
 * <p>What others own does not matter: defaults that a CRD adds to what is stated, foreign labels and annotations, the
 * status. The framework's own comparison goes by managed fields, where a list without a key belongs to its applier as
 * a whole, defaults included; an object of a foreign CRD would then be applied again on every reconciliation.
 */
public final class StatedFields {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private StatedFields() {}

    /**
     * Compares by what is stated: each field of {@code desired} is in {@code actual} with that value, lists have the
     * same length and order.
     *
     * @param <R> the kind of both
     */
    public static <R extends HasMetadata> boolean areKept(R desired, R actual) {
        return areKept(tree(desired), tree(actual));
    }

    static boolean areKept(JsonNode desired, JsonNode actual) {
        if (desired.isObject()) {
            return actual.isObject()
                    && desired.properties().stream()
                            .allMatch(field -> areKept(field.getValue(), actual.path(field.getKey())));
        }
        if (desired.isArray()) {
            return actual.isArray() && desired.size() == actual.size() && areElementsKept(desired, actual);
        }
        return desired.equals(actual);
    }

    private static boolean areElementsKept(JsonNode desired, JsonNode actual) {
        for (int i = 0; i < desired.size(); i++) {
            if (!areKept(desired.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode tree(HasMetadata object) {
        return SERIALIZATION.convertValue(object, JsonNode.class);
    }
}

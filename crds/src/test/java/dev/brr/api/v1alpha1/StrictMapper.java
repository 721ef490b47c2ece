package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Fabric8's own mapper, which the operator reads with, made to refuse what the records do not know. */
final class StrictMapper {

    static final ObjectMapper MAPPER = fabric8s()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private StrictMapper() {}

    private static ObjectMapper fabric8s() {
        var mapper = new ObjectMapper();
        new KubernetesSerialization(mapper, false); // its constructor sets the mapper up
        return mapper;
    }

    static <T> T read(JsonNode document, Class<T> type) {
        return MAPPER.convertValue(document, type);
    }

    static JsonNode write(Object object) {
        return MAPPER.valueToTree(object);
    }
}

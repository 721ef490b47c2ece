package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads one YAML document. */
final class Yaml {

    private Yaml() {}

    static JsonNode read(String text) {
        try {
            return Serialization.yamlMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    static String toJson(String text) {
        return read(text).toString();
    }
}

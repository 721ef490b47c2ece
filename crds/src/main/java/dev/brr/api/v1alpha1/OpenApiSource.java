package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Points at an OpenAPI document, in a ConfigMap or inline. With neither, the service is the bundled pet store. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!(has(self.configMapKeyRef) && has(self.inline))",
        message = "openapi takes either configMapKeyRef or inline, not both")
public record OpenApiSource(
        @JsonPropertyDescription("A key of a ConfigMap in the same namespace that holds the document, YAML or JSON.")
        @Nullable
        KeyRef configMapKeyRef,

        @JsonPropertyDescription(
                "The document itself, YAML or JSON. Above 256 KiB it needs kubectl apply --server-side, or a ConfigMap.")
        @Size(min = 1, max = 524_288)
        @Nullable
        String inline) {}

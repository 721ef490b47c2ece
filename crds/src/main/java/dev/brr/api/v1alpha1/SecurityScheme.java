package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Feeds one security scheme of the document from a Secret. */
public record SecurityScheme(
        @JsonPropertyDescription("The scheme's name under components.securitySchemes.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-zA-Z0-9._-]+$")
        String name,

        @JsonPropertyDescription("The key of a Secret in the same namespace that holds the credential.") @Required
        KeyRef secretKeyRef) {}

package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Feeds one security scheme of the document: a credential from a Secret, or what verifies tokens. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.secretKeyRef) != has(self.jwt)",
        message = "a security scheme takes either secretKeyRef or jwt")
public record SecurityScheme(
        @JsonPropertyDescription("The scheme's name under components.securitySchemes.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-zA-Z0-9._-]+$")
        String name,

        @JsonPropertyDescription(
                "The key of a Secret in the same namespace that holds the credential: the key of an apiKey scheme, or the users of an HTTP basic scheme, a line user:password each.")
        @Nullable
        KeyRef secretKeyRef,

        @JsonPropertyDescription("What verifies the tokens of a bearer, oauth2 or openIdConnect scheme.") @Nullable
        JwtSpec jwt) {}

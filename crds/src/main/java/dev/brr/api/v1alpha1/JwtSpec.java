package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Says what a token has to hold to, and where the public keys are that verify it. Nothing of it is secret. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JwtSpec(
        @JsonPropertyDescription("The issuer that tokens have to be of (iss).") @Required @Size(min = 1, max = 512)
        String issuer,

        @JsonPropertyDescription("Who tokens have to be for (aud).")
        @Required
        @Size(min = 1, max = 255)
        @Pattern("^[^,\\s]+$")
        String audience,

        @JsonPropertyDescription(
                "The URL of the issuer's public keys, a JWK Set. An openIdConnect scheme may leave it to its provider.")
        @Size(max = 1024)
        @Pattern("^https?://[^\\s@]+$")
        @Nullable
        String jwks,

        @JsonPropertyDescription("The algorithm that tokens have to be signed by. Absent: RS256.") @Nullable
        JwtAlgorithm algorithm,

        @JsonPropertyDescription("How many seconds the clocks of the issuer and the service may be apart. Absent: 30.")
        @Min(0)
        @Max(600)
        @Nullable
        Integer leewaySeconds) {}

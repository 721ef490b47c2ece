package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how the image is built and where it goes. With nothing said, the operator's base and its own repository. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.repository) || has(self.pushSecretRef)",
        message = "repository needs pushSecretRef: the operator's own credentials never push to a repository of yours")
@ValidationRule(
        value = "!has(self.prebuilt) || !(has(self.base) || has(self.repository) || has(self.platforms))",
        message = "prebuilt excludes base, repository and platforms: a prebuilt image is not built")
public record ImageSpec(
        @JsonPropertyDescription(
                "The image that the service's layers are put on; it has to carry a Java 25 runtime and libstdc++.")
        @Size(min = 1, max = 512)
        @Pattern(ImageSpec.REFERENCE)
        @Nullable
        String base,

        @JsonPropertyDescription(
                "Where the image is pushed instead of the operator's own repository; needs pushSecretRef.")
        @Size(min = 1, max = 255)
        @Pattern("^[a-zA-Z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+$")
        @Nullable
        String repository,

        @JsonPropertyDescription(
                "A Secret of type kubernetes.io/dockerconfigjson in the same namespace, used to push and by the pods to pull.")
        @Nullable
        SecretRef pushSecretRef,

        @JsonPropertyDescription("The platforms of the image; absent: the operator's own.")
        @Size(min = 1, max = 2)
        @Nullable
        List<Platform> platforms,

        @JsonPropertyDescription("An image that exists already, by digest; nothing is built.")
        @Size(min = 1, max = 512)
        @Pattern("^[a-zA-Z0-9.-]+(:[0-9]+)?(/[a-zA-Z0-9._-]+)*(:[a-zA-Z0-9._-]+)?@sha256:[a-f0-9]{64}$")
        @Nullable
        String prebuilt) {

    static final String REFERENCE =
            "^[a-zA-Z0-9.-]+(:[0-9]+)?(/[a-zA-Z0-9._-]+)*(:[a-zA-Z0-9._-]+)?(@sha256:[a-f0-9]{64})?$";
}

package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects the document's security schemes with Secrets. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecuritySpec(
        @JsonPropertyDescription("One entry a scheme that the document declares.") @Size(max = 16) @Nullable
        List<SecurityScheme> schemes) {}

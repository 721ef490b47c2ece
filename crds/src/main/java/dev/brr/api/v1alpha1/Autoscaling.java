package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Bounds a HorizontalPodAutoscaler and names what it looks at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "self.min <= self.max", message = "autoscaling.min must not exceed autoscaling.max")
@ValidationRule(
        value = "has(self.cpu) || has(self.memory)",
        message = "autoscaling needs a target: cpu, memory or both, in percent of the request")
public record Autoscaling(
        @JsonPropertyDescription("The fewest pods.") @Default("1") @Min(1) @Max(1000) @Nullable
        Integer min,

        @JsonPropertyDescription("The most pods.") @Required @Min(1) @Max(1000)
        Integer max,

        @JsonPropertyDescription("Target CPU use in percent of the request.") @Min(1) @Max(1000) @Nullable
        Integer cpu,

        @JsonPropertyDescription("Target memory use in percent of the request.") @Min(1) @Max(1000) @Nullable
        Integer memory) {}

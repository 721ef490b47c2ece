package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Says how a new revision replaces the old one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutSpec(
        @JsonPropertyDescription("How long a rollout may make no progress before it counts as failed, in seconds.")
        @Default("120")
        @Min(10)
        @Max(3600)
        @Nullable
        Integer progressDeadlineSeconds,

        @JsonPropertyDescription("Go back to the last revision that was Ready when a rollout fails.")
        @Default("true")
        @Nullable
        Boolean rollback) {}

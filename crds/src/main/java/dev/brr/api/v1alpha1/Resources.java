package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Says what the service's container gets. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resources(
        @JsonPropertyDescription("The most it may use.") @Nullable
        ResourceAmounts limits,

        @JsonPropertyDescription(
                "What the scheduler sets aside for it; absent: the limits for memory, a tenth of the limit for CPU.")
        @Nullable
        ResourceAmounts requests) {}

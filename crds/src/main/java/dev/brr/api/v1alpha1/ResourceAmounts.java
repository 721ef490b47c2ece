package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Holds an amount of CPU and of memory as Kubernetes quantities. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourceAmounts(
        @JsonPropertyDescription("CPUs with at most three decimals, or thousandths of a CPU, e.g. 2, 0.5 or 500m.")
        @Nullable
        Quantity cpu,

        @JsonPropertyDescription("Bytes of memory, e.g. 512Mi or 1.5G.") @Nullable
        Quantity memory) {}

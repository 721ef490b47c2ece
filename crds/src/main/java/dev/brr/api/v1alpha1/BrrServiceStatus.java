package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports what the operator observed, for the generation that {@code observedGeneration} names. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrrServiceStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Min(0)
        @Max(BrrServiceStatus.LARGEST_EXACT_INTEGER)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, ImageBuilt, RolledOut, TuningApplied and DashboardPublished, and after a kill WithinMemoryLimit, each with a reason and a message.")
        @Size(max = 16)
        @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("The image that was built for this generation.") @Nullable
        ImageStatus image,

        @JsonPropertyDescription("What jemalloc was asked for, and what every pod's jemalloc reports.") @Nullable
        MallocStatus malloc,

        @JsonPropertyDescription(
                "The operation with the most native memory in any pod; absent until one has 8Mi or more.")
        @Nullable
        HungriestOperation hungriestOperation,

        @JsonPropertyDescription("The last combination that was Ready; a failed rollout goes back to it.") @Nullable
        LastGood lastGood,

        @JsonPropertyDescription("Pods that exist.") @Min(0) @Max(Integer.MAX_VALUE) @StatusReplicas @Nullable
        Integer replicas,

        @JsonPropertyDescription("Pods that are ready.") @Min(0) @Max(Integer.MAX_VALUE) @Nullable
        Integer readyReplicas,

        @JsonPropertyDescription("The pods' label selector, for the scale subresource.")
        @LabelSelector
        @Size(max = 1024)
        @Nullable
        String selector) {

    /** Bounds generations: the largest integer that every JSON reader keeps exact, 2^53 - 1 (RFC 8259, section 6). */
    static final long LARGEST_EXACT_INTEGER = 9_007_199_254_740_991L;
}

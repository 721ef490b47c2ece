package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports what the operator observed, for the generation that {@code observedGeneration} names. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrrServiceStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, ImageBuilt, RolledOut, TuningApplied and DashboardPublished, each with a reason and a message.")
        @Size(max = 16)
        @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("The image that was built for this generation.") @Nullable
        ImageStatus image,

        @JsonPropertyDescription("What jemalloc was asked for, and what every pod's jemalloc reports.") @Nullable
        MallocStatus malloc,

        @JsonPropertyDescription("The last combination that was Ready; a failed rollout goes back to it.") @Nullable
        LastGood lastGood,

        @JsonPropertyDescription("Pods that exist.") @StatusReplicas @Nullable
        Integer replicas,

        @JsonPropertyDescription("Pods that are ready.") @Nullable
        Integer readyReplicas,

        @JsonPropertyDescription("The pods' label selector, for the scale subresource.")
        @LabelSelector
        @Size(max = 1024)
        @Nullable
        String selector) {}

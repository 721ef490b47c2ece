package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;

/** Names the operation with the most native memory in any pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HungriestOperation(
        @JsonPropertyDescription("The operation, as the document calls it.")
        @Required
        @Size(max = HungriestOperation.LONGEST_ID)
        String operationId,

        @JsonPropertyDescription(
                "What was compared: InUse, native memory in use by a heap profile, wherever a pod has one; else AllocatedSinceStart, native memory that was allocated since the process started, freed or not.")
        @Required
        MemoryMeasure measure,

        @JsonPropertyDescription("About how much, to the nearest power of two.") @Required
        Quantity memory,

        @JsonPropertyDescription("The pod that reported it.") @Required @Size(max = 253)
        String pod,

        @JsonPropertyDescription(
                "When this was first observed. It stands until a pod reports another operation, or half as much or twice as much; pods are asked a minute after their start, and ever more rarely, at last every ten minutes.")
        @Required
        @Size(max = 64)
        String observedAt) {

    /** Bounds names of operations, in characters; a longer one is cut off. */
    public static final int LONGEST_ID = 256;
}

package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Compares the tuning that was asked for with the one that the processes report. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MallocStatus(
        @JsonPropertyDescription("MALLOC_CONF as the pods get it.") @Size(max = 4096) @Nullable
        String requested,

        @JsonPropertyDescription(
                "The same options as the pods' jemalloc reports them; absent until every pod has answered alike.")
        @Size(max = 4096)
        @Nullable
        String effective) {}

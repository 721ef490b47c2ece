package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Says what is held to the document besides requests, which always are. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValidationSpec(
        @JsonPropertyDescription(
                "Whether answers are held to the document: one that breaks it is counted, and the client told 500. Absent: yes.")
        @Nullable
        Boolean responses,

        @JsonPropertyDescription("How many of a hundred answers are, taken by chance. Absent: all.")
        @Min(1)
        @Max(100)
        @Nullable
        Integer responseSamplePercent,

        @JsonPropertyDescription(
                "Whether values are held to the format that their schema names (email, uuid, date-time, int32, ...). Absent: yes.")
        @Nullable
        Boolean formats) {}

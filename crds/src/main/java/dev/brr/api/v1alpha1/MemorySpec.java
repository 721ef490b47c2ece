package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Divides the memory limit between the Java heap and all else. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MemorySpec(
        @JsonPropertyDescription(
                "The most that the Java heap may take of limits.memory, in percent. Absent: as the image says, an eighth of a limit below about 1Gi and a quarter of a larger one. Native memory and the JVM itself, 80 to 90 MB, have to fit beside it.")
        @Min(10)
        @Max(75)
        @Nullable
        Integer javaHeapPercent) {}

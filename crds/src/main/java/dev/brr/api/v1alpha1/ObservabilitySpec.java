package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Says what the service itself tells of its requests. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObservabilitySpec(
        @JsonPropertyDescription("Where a span for each request goes. Absent: nowhere, and nothing is spent on it.")
        @Nullable
        TracingSpec tracing,

        @JsonPropertyDescription("Whether each request is a line of JSON on the pod's standard output. Absent: no.")
        @Nullable
        Boolean accessLog) {}

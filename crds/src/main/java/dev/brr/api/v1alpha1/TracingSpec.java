package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Names the collector of spans, and which of them it gets. What is secret of it is in a Secret. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TracingSpec(
        @JsonPropertyDescription(
                "The OTLP collector, as an http or https URL without credentials or query, e.g. http://otel-collector.observability:4318. Spans go to /v1/traces under it, as JSON.")
        @Required
        @Size(max = 1024)
        @Pattern("^https?://[^\\s@?#]+$")
        String endpoint,

        @JsonPropertyDescription("What the service is called there. Absent: the name of the BrrService.")
        @Size(min = 1, max = 255)
        @Nullable
        String serviceName,

        @JsonPropertyDescription(
                "How many of a hundred traces that begin here are told of; of others the caller decides. Absent: all.")
        @Min(0)
        @Max(100)
        @Nullable
        Integer samplePercent,

        @JsonPropertyDescription(
                "The key of a Secret in the same namespace that holds the headers of each request to the collector, such as an API key: name=value,name=value with values percent-encoded. Pods start when it is there.")
        @Nullable
        KeyRef headersSecretRef) {}

package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/** Says what a service is and how its memory, image, rollout and monitoring should be. Every part is optional. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.memory) || !has(self.memory.javaHeapPercent)"
                + " || (has(self.resources) && has(self.resources.limits) && has(self.resources.limits.memory))",
        message = "memory.javaHeapPercent needs resources.limits.memory, which it is a share of")
@ValidationRule(
        value = "!has(self.autoscaling) || !has(self.autoscaling.cpu) || (has(self.resources)"
                + " && (has(self.resources.requests) && has(self.resources.requests.cpu)"
                + " ? quantity(string(self.resources.requests.cpu)).isGreaterThan(quantity('0'))"
                + " : has(self.resources.limits) && has(self.resources.limits.cpu)))",
        message = "autoscaling.cpu is in percent of the request, without which no autoscaler can work: it needs"
                + " resources.limits.cpu, or resources.requests.cpu of more than 0")
@ValidationRule(
        value = "!has(self.autoscaling) || !has(self.autoscaling.memory) || (has(self.resources)"
                + " && (has(self.resources.requests) && has(self.resources.requests.memory)"
                + " ? quantity(string(self.resources.requests.memory)).isGreaterThan(quantity('0'))"
                + " : has(self.resources.limits) && has(self.resources.limits.memory)))",
        message = "autoscaling.memory is in percent of the request, without which no autoscaler can work: it needs"
                + " resources.limits.memory, or resources.requests.memory of more than 0")
public record BrrServiceSpec(
        @JsonPropertyDescription("Where the OpenAPI document comes from. Absent: the bundled pet store.") @Nullable
        OpenApiSource openapi,

        @JsonPropertyDescription("How jemalloc is tuned. A change restarts the pods and builds nothing.") @Nullable
        MallocSpec malloc,

        @JsonPropertyDescription("How the image is built and where it is pushed. A change builds a new image.")
        @Nullable
        ImageSpec image,

        @JsonPropertyDescription("How many pods. Ignored while autoscaling is set.")
        @Default("1")
        @Min(0)
        @Max(1000)
        @SpecReplicas
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Lets a HorizontalPodAutoscaler decide the number of pods.") @Nullable
        Autoscaling autoscaling,

        @JsonPropertyDescription(
                "CPU and memory of the service's container. The CPU limit decides jemalloc's narenas, the memory limit what the panels compare RSS with.")
        @Nullable
        Resources resources,

        @JsonPropertyDescription("How the memory limit is divided. A change restarts the pods and builds nothing.")
        @Nullable
        MemorySpec memory,

        @JsonPropertyDescription(
                "Which Secret feeds which security scheme of the document. A scheme without one refuses every request: there is no default key.")
        @Nullable
        SecuritySpec security,

        @JsonPropertyDescription(
                "What clients may ask of the service, and which pages may call it. A change restarts the pods and builds nothing.")
        @Nullable
        HttpSpec http,

        @JsonPropertyDescription(
                "What is held to the document besides requests. A change restarts the pods and builds nothing.")
        @Nullable
        ValidationSpec validation,

        @JsonPropertyDescription(
                "Dashboard, alerts and scraping. A change touches neither the image nor the pods, except for scrape.")
        @Nullable
        MonitoringSpec monitoring,

        @JsonPropertyDescription(
                "What the service tells of its requests. A change restarts the pods and builds nothing.")
        @Nullable
        ObservabilitySpec observability,

        @JsonPropertyDescription("How a new revision replaces the old one.") @Nullable
        RolloutSpec rollout) {}

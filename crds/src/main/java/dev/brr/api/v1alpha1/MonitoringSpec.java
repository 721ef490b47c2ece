package dev.brr.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** Says what is published about the service. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MonitoringSpec(
        @JsonPropertyDescription("Publish the Grafana dashboard as a ConfigMap labelled grafana_dashboard.")
        @Default("true")
        @Nullable
        Boolean dashboard,

        @JsonPropertyDescription("Publish alerts as a PrometheusRule where its CRD is installed.")
        @Default("true")
        @Nullable
        Boolean alerts,

        @JsonPropertyDescription(
                "How Prometheus finds the pods; absent: PodMonitor where its CRD is installed, else annotations.")
        @Nullable
        ScrapeMode scrape) {}

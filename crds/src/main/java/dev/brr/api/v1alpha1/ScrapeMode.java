package dev.brr.api.v1alpha1;

/** Names a way for Prometheus to find the pods. */
public enum ScrapeMode {
    PodMonitor,
    Annotations
}

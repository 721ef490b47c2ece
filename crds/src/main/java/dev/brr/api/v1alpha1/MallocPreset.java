package dev.brr.api.v1alpha1;

/** Names a tuning of jemalloc as the API spells it; what it means is decided in {@code dev.brr.jemalloc.conf}. */
public enum MallocPreset {
    LowRss,
    Balanced,
    Throughput,
    Profiling
}

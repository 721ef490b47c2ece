package dev.brr.operator.dashboard;

import dev.brr.operator.dashboard.AlertRule.Severity;

/** Tells of pods that do not run as the BrrService says. */
final class PodAlerts {

    private PodAlerts() {}

    /** Fires where every other alert would be silent for want of data. */
    static AlertRule metricsMissing() {
        return new AlertRule(
                "MetricsMissing",
                "absent(jemalloc_loaded{SERVICE})",
                "15m",
                Severity.WARNING,
                "No pod of {{ $labels.service }} is scraped",
                "Prometheus has had no metrics of {{ $labels.namespace }}/{{ $labels.service }} for 15 minutes. Either "
                        + "no pod runs, or none is scraped; until that is mended no other alert about its memory can "
                        + "fire.");
    }

    static AlertRule allocatorNotLoaded() {
        return new AlertRule(
                "AllocatorNotLoaded",
                "jemalloc_loaded{SERVICE} == 0",
                "5m",
                Severity.WARNING,
                "{{ $labels.pod }} runs without jemalloc",
                "jemalloc is not the allocator of pod {{ $labels.namespace }}/{{ $labels.pod }}, because: "
                        + "{{ $labels.reason }}. MALLOC_CONF has no effect there, and the heap panels are empty.");
    }

    /**
     * Fires for processes that were started with other options than the spec leads to.
     *
     * @param wanted the fingerprint of the wanted MALLOC_CONF
     */
    static AlertRule mallocConfDrift(String wanted) {
        return new AlertRule(
                "MallocConfDrift",
                "jemalloc_info{SERVICE, conf_hash!=\"" + wanted + "\"}",
                "30m",
                Severity.WARNING,
                "{{ $labels.pod }} does not have the wanted MALLOC_CONF",
                "Pod {{ $labels.namespace }}/{{ $labels.pod }} was started with the MALLOC_CONF of fingerprint "
                        + "{{ $labels.conf_hash }}; the BrrService wants " + wanted + ". A rollout is stuck or was "
                        + "rolled back, or the variable was changed behind the operator's back.");
    }

    static AlertRule profilingLeftOn() {
        return new AlertRule(
                "ProfilingLeftOn",
                "jemalloc_prof_active{SERVICE} == 1 unless on (namespace, service, pod) brr_blackbox_sampling{SERVICE} == 1",
                "2h",
                Severity.INFO,
                "{{ $labels.pod }} has been profiling its heap for two hours",
                "Pod {{ $labels.namespace }}/{{ $labels.pod }} samples allocations, which its BrrService does not ask "
                        + "for. Take the profile and switch sampling off.");
    }
}

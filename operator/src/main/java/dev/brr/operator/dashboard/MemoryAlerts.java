package dev.brr.operator.dashboard;

import dev.brr.operator.dashboard.AlertRule.Severity;
import java.util.List;

/** Tells of memory that runs out, and of memory that an allocator keeps to itself. */
final class MemoryAlerts {

    private MemoryAlerts() {}

    static List<AlertRule> rules() {
        return List.of(
                memoryNearLimit(),
                oomPredicted(),
                nativeLeakSuspected(),
                allocatorHoardsMemory(),
                guardKeepsPurging(),
                poorEfficiency(),
                heapProfileKept());
    }

    private static AlertRule memoryNearLimit() {
        return new AlertRule(
                "MemoryNearLimit",
                "process_memory_rss_bytes{SERVICE} / process_memory_limit_bytes{SERVICE} > 0.9",
                "5m",
                Severity.CRITICAL,
                "{{ $labels.pod }} has used {{ $value | humanizePercentage }} of its memory limit",
                "RSS of pod {{ $labels.namespace }}/{{ $labels.pod }} is {{ $value | humanizePercentage }} of its "
                        + "limit. At the limit the kernel kills the process.");
    }

    /**
     * Extrapolates an hour over the next four.
     *
     * <p>Only above 60 % of the limit, and an hour and a half after the start: a JVM that warms up climbs steeply and
     * stops.
     */
    private static AlertRule oomPredicted() {
        return new AlertRule(
                "OOMPredicted",
                "predict_linear(process_memory_rss_bytes{SERVICE}[1h], 4 * 3600) > process_memory_limit_bytes{SERVICE}"
                        + " and process_memory_rss_bytes{SERVICE} > 0.6 * process_memory_limit_bytes{SERVICE}"
                        + " and process_uptime_seconds{SERVICE} > 5400",
                "30m",
                Severity.WARNING,
                "{{ $labels.pod }} will reach its memory limit within four hours",
                "If RSS of pod {{ $labels.namespace }}/{{ $labels.pod }} goes on growing as in the last hour, it is "
                        + "{{ $value | humanize1024 }}B in four hours, which is over its limit.");
    }

    /**
     * Compares the low of the last hour with the low of an hour six hours before.
     *
     * <p>A low over an hour is blind to waves of load. Eight hours of uptime keep the warm-up out of the earlier hour.
     * 64 MiB keep small services quiet, for which a fifth is nothing.
     */
    private static AlertRule nativeLeakSuspected() {
        var now = "min_over_time(jemalloc_stats_allocated_bytes{SERVICE}[1h])";
        var before = "min_over_time(jemalloc_stats_allocated_bytes{SERVICE}[1h] offset 6h)";
        return new AlertRule(
                "NativeLeakSuspected",
                now + " - " + before + " > 64 * 1024 * 1024 and " + now + " > 1.2 * " + before
                        + " and process_uptime_seconds{SERVICE} > 8 * 3600",
                "15m",
                Severity.WARNING,
                "{{ $labels.pod }} holds {{ $value | humanize1024 }}B more native memory than six hours ago",
                "Even at its lowest in the last hour, pod {{ $labels.namespace }}/{{ $labels.pod }} had "
                        + "{{ $value | humanize1024 }}B more allocated through malloc than six hours before, over a "
                        + "fifth more. Java heap dumps will not show it: take a heap profile.");
    }

    private static AlertRule allocatorHoardsMemory() {
        return new AlertRule(
                "AllocatorHoardsMemory",
                "(jemalloc_dirty_bytes{SERVICE} + jemalloc_muzzy_bytes{SERVICE})"
                        + " / process_memory_limit_bytes{SERVICE} > 0.2",
                "10m",
                Severity.WARNING,
                "{{ $labels.pod }} keeps {{ $value | humanizePercentage }} of its memory limit in unused pages",
                "jemalloc in pod {{ $labels.namespace }}/{{ $labels.pod }} has kept "
                        + "{{ $value | humanizePercentage }} of the memory limit in pages without allocations for ten "
                        + "minutes: longer than decay times should allow.");
    }

    /** A guard that purges now and then has done its work; one that does so all the time only defers what comes. */
    private static AlertRule guardKeepsPurging() {
        return new AlertRule(
                "GuardKeepsPurging",
                "sum by (namespace, service, pod) (rate(jemalloc_guard_purges_total{SERVICE}[10m])) * 60 > 1",
                "15m",
                Severity.WARNING,
                "{{ $labels.pod }} has its unused pages taken back {{ $value | humanize }} times a minute",
                "Pod {{ $labels.namespace }}/{{ $labels.pod }} stays near its memory limit, and its memory guard has "
                        + "given unused pages back {{ $value | humanize }} times a minute for a quarter of an hour. "
                        + "Either the limit is too small or dirty pages stay too long (dirty_decay_ms).");
    }

    private static AlertRule poorEfficiency() {
        return new AlertRule(
                "PoorMemoryEfficiency",
                "jemalloc_stats_allocated_bytes{SERVICE} / jemalloc_stats_resident_bytes{SERVICE} < 0.5"
                        + " and jemalloc_stats_resident_bytes{SERVICE} > 256 * 1024 * 1024",
                "15m",
                Severity.WARNING,
                "Only {{ $value | humanizePercentage }} of the allocator's memory in {{ $labels.pod }} is in use",
                "Of what jemalloc keeps in memory in pod {{ $labels.namespace }}/{{ $labels.pod }}, the application "
                        + "holds {{ $value | humanizePercentage }}. The rest is fragmentation, unused pages and "
                        + "bookkeeping.");
    }

    /** The time outlives the process that kept it, so that the next one tells of what came before a kill. */
    private static AlertRule heapProfileKept() {
        return new AlertRule(
                "HeapProfileKept",
                "time() - brr_blackbox_last_kept_timestamp_seconds{SERVICE} < 3600",
                "1m",
                Severity.WARNING,
                "{{ $labels.pod }} has kept a heap profile",
                "Pod {{ $labels.namespace }}/{{ $labels.pod }} came near its memory limit, or its memory has grown by a "
                        + "fifth, {{ $value | humanizeDuration }} ago. What it kept is at /debug/heap/kept.");
    }
}

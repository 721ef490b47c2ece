package dev.brr.operator.dashboard;

import static dev.brr.operator.dashboard.Target.limit;
import static dev.brr.operator.dashboard.Target.overlay;
import static dev.brr.operator.dashboard.Target.series;

import java.util.List;

/** Shows how much memory a service has, how much of it is in use, and how near the end is. */
final class MemoryPanels {

    private MemoryPanels() {}

    static Row row() {
        return new Row(
                "Memory",
                List.of(
                        allocator(),
                        usedOfLimit(),
                        efficiency(),
                        fragmentation(),
                        growth(),
                        peak(),
                        heapUsage(),
                        rssAgainstLimit(),
                        partsOfRss(),
                        efficiencyByPod(),
                        addressSpace(),
                        growthAndPeaks()));
    }

    private static Panel allocator() {
        return Panel.stat(
                        "jemalloc",
                        Unit.STATE,
                        "Whether jemalloc is the allocator of every chosen pod. Where it is missing, LD_PRELOAD had no "
                                + "effect, MALLOC_CONF is ignored and the heap panels are empty; the metric "
                                + "jemalloc_loaded names the reason.",
                        series("min(jemalloc_loaded{SERVICE})", "jemalloc"))
                .mapped(new ValueMapping("0", "missing", "red"), new ValueMapping("1", "loaded", "green"));
    }

    private static Panel usedOfLimit() {
        return Panel.stat(
                        "Used of the limit",
                        Unit.SHARE,
                        "RSS of the fullest pod as a share of its memory limit. Beyond the limit the kernel kills the "
                                + "process. From 90 % on, the alert MemoryNearLimit fires. Without a limit there is "
                                + "no figure.",
                        series(
                                "max(process_memory_rss_bytes{SERVICE} / process_memory_limit_bytes{SERVICE})",
                                "fullest pod"))
                .coloured(new Threshold(0.8, "orange"), new Threshold(0.9, "red"));
    }

    private static Panel efficiency() {
        return Panel.stat(
                        "Memory efficiency",
                        Unit.SHARE,
                        "Bytes the application holds, of the bytes jemalloc keeps in memory for it. The rest is "
                                + "fragmentation, unused pages and bookkeeping. Above 70 % is good. A service that has "
                                + "just freed much is low until the decay time is over.",
                        series(
                                "sum(jemalloc_stats_allocated_bytes{SERVICE})"
                                        + " / sum(jemalloc_stats_resident_bytes{SERVICE})",
                                "chosen pods"))
                .coloured(new Threshold(0, "red"), new Threshold(0.5, "orange"), new Threshold(0.7, "green"));
    }

    private static Panel fragmentation() {
        return Panel.stat(
                        "Fragmentation",
                        Unit.SHARE,
                        "Share of the pages in use that no allocation fills (1 - allocated / active). Fewer arenas "
                                + "(narenas) usually lower it; decay times do not.",
                        series(
                                "1 - sum(jemalloc_stats_allocated_bytes{SERVICE})"
                                        + " / sum(jemalloc_stats_active_bytes{SERVICE})",
                                "chosen pods"))
                .coloured(new Threshold(0.15, "orange"), new Threshold(0.25, "red"));
    }

    private static Panel growth() {
        return Panel.stat(
                "Growth since the start",
                Unit.BYTES,
                "RSS above what it was when the process had just started, for the pod that grew most. Growth "
                        + "while caches fill and code is compiled is normal, growth for days is not.",
                series("max(process_memory_growth_bytes{SERVICE})", "most grown pod"));
    }

    private static Panel peak() {
        return Panel.stat(
                "Peak RSS",
                Unit.BYTES,
                "The most physical memory any chosen pod ever had, as the kernel keeps it: it sees peaks between "
                        + "two scrapes too. The figure to size the memory limit by.",
                series("max(process_memory_peak_rss_bytes{SERVICE})", "highest pod"));
    }

    private static Panel heapUsage() {
        return Panel.stack(
                "Heap usage",
                Unit.BYTES,
                "What jemalloc keeps in physical memory, by what it is for: allocated is what the application "
                        + "holds; internal fragmentation is the unused rest of its pages; dirty pages are free and not "
                        + "yet given back (dirty_decay_ms); metadata is jemalloc's bookkeeping. The Java heap is not "
                        + "in here: the JVM takes it from the kernel directly.",
                series("sum(jemalloc_stats_allocated_bytes{SERVICE})", "allocated"),
                series(
                        "sum(jemalloc_stats_active_bytes{SERVICE} - jemalloc_stats_allocated_bytes{SERVICE})",
                        "internal fragmentation"),
                series("sum(jemalloc_dirty_bytes{SERVICE})", "dirty"),
                series("sum(jemalloc_stats_metadata_bytes{SERVICE})", "metadata"));
    }

    private static Panel rssAgainstLimit() {
        return Panel.graph(
                "RSS against the limit",
                Unit.BYTES,
                "Physical memory of each pod and the limit at which the kernel kills it. A line that climbs and "
                        + "never bends will get there: see what RSS is made of, then allocated (a leak) or dirty (an "
                        + "allocator that hoards).",
                series("process_memory_rss_bytes{SERVICE}", "{{pod}}"),
                limit("max(process_memory_limit_bytes{SERVICE})", "limit of a pod"));
    }

    private static Panel partsOfRss() {
        return Panel.stack(
                "What RSS is made of",
                Unit.BYTES,
                "jemalloc's resident pages, and the remainder that did not come from malloc: Java heap, metaspace, "
                        + "compiled code, thread stacks, mapped files. Whichever grows with RSS is where to look. "
                        + "jemalloc's figure is an upper bound, so both together may lie above RSS.",
                series("sum(jemalloc_stats_resident_bytes{SERVICE})", "jemalloc"),
                series(
                        "sum(clamp_min(process_memory_rss_bytes{SERVICE} - jemalloc_stats_resident_bytes{SERVICE}, 0))",
                        "remainder"),
                overlay("sum(process_memory_rss_bytes{SERVICE})", "RSS"));
    }

    private static Panel efficiencyByPod() {
        return Panel.graph(
                "Memory efficiency by pod",
                Unit.SHARE,
                "Efficiency (allocated / resident) and fragmentation (1 - allocated / active) of each pod. Efficiency "
                        + "that falls with steady fragmentation means unused pages are kept; both worsening means "
                        + "long-lived allocations are strewn over many pages.",
                series(
                        "jemalloc_stats_allocated_bytes{SERVICE} / jemalloc_stats_resident_bytes{SERVICE}",
                        "{{pod}} efficiency"),
                series(
                        "1 - jemalloc_stats_allocated_bytes{SERVICE} / jemalloc_stats_active_bytes{SERVICE}",
                        "{{pod}} fragmentation"));
    }

    private static Panel addressSpace() {
        return Panel.graph(
                "Mapped and retained",
                Unit.BYTES,
                "Address space: mapped is in use by jemalloc, retained is kept for reuse and has no memory behind it. "
                        + "Neither is RSS; no limit counts them, and a high retained figure alone is no harm.",
                series("sum(jemalloc_stats_mapped_bytes{SERVICE})", "mapped"),
                series("sum(jemalloc_stats_retained_bytes{SERVICE})", "retained"));
    }

    private static Panel growthAndPeaks() {
        return Panel.graph(
                "Growth and peaks",
                Unit.BYTES,
                "Growth of RSS since the start of each pod, its peak, and the peak of the memory from malloc. A peak "
                        + "far above the present says that a burst, not the steady state, sets the limit.",
                series("process_memory_growth_bytes{SERVICE}", "{{pod}} growth"),
                series("process_memory_peak_rss_bytes{SERVICE}", "{{pod}} peak RSS"),
                series("process_memory_peak_heap_bytes{SERVICE}", "{{pod}} peak allocated"));
    }
}

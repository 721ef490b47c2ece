package dev.brr.operator.dashboard;

import static dev.brr.operator.dashboard.Target.series;

import java.util.List;

/** Shows the JVM's own memory, beside which malloc's lies. */
final class JvmPanels {

    private JvmPanels() {}

    static Row row() {
        return new Row(
                "JVM",
                List.of(javaHeap(), nonHeap(), nativeMemory(), javaAllocation(), gcTime(), longestPause(), threads()));
    }

    private static Panel javaHeap() {
        return Panel.graph(
                "Java heap",
                Unit.BYTES,
                "Used and committed bytes of the garbage-collected heap, over the chosen pods. Committed is what the "
                        + "kernel may be asked for; used is a saw-tooth. Lows of the saw-tooth that climb are a leak "
                        + "of Java objects, which no setting of jemalloc mends.",
                series("sum(jvm_memory_used_bytes{SERVICE, area=\"heap\"})", "used"),
                series("sum(jvm_memory_committed_bytes{SERVICE, area=\"heap\"})", "committed"));
    }

    private static Panel nonHeap() {
        return Panel.graph(
                "JVM memory outside the Java heap",
                Unit.BYTES,
                "Metaspace and compiled code, used and committed, and the direct buffers, which come from malloc. "
                        + "Metaspace grows with classes and should be flat after the warm-up; direct buffers are the "
                        + "usual reason for allocated bytes that grow.",
                series("sum(jvm_memory_used_bytes{SERVICE, area=\"nonheap\"})", "used"),
                series("sum(jvm_memory_committed_bytes{SERVICE, area=\"nonheap\"})", "committed"),
                series("sum(jvm_buffer_memory_used_bytes{SERVICE, id=\"direct\"})", "direct buffers"));
    }

    private static Panel nativeMemory() {
        return Panel.graph(
                "Native memory",
                Unit.BYTES,
                "RSS above what the JVM has committed for heap, metaspace and code: memory from malloc, thread stacks, "
                        + "libraries. Heap dumps and JVM tools do not see it. Zero where the JVM has committed "
                        + "memory that it never touched, which says nothing about native memory.",
                series(
                        "clamp_min(sum by (pod) (process_memory_rss_bytes{SERVICE})"
                                + " - sum by (pod) (jvm_memory_committed_bytes{SERVICE}), 0)",
                        "{{pod}}"));
    }

    private static Panel javaAllocation() {
        return Panel.graph(
                "Java allocation",
                Unit.BYTES_PER_SECOND,
                "Bytes of Java objects allocated a second, by pod. More of it means more collections; it does not go "
                        + "through malloc.",
                series("rate(jvm_gc_memory_allocated_bytes_total{SERVICE}[$__rate_interval])", "{{pod}}"));
    }

    private static Panel gcTime() {
        return Panel.graph(
                        "Time in GC pauses",
                        Unit.SHARE,
                        "Share of the time in which a pod stood still for garbage collection. Above 5 % a larger Java "
                                + "heap is worth more than any tuning of the allocator.",
                        series(
                                Fallback.zeroByPod(
                                        "sum by (pod) (rate(jvm_gc_pause_seconds_sum{SERVICE}[$__rate_interval]))"),
                                "{{pod}}"))
                .third();
    }

    private static Panel longestPause() {
        return Panel.graph(
                        "Longest GC pause",
                        Unit.SECONDS,
                        "The longest of the pauses that each collector had last before a scrape, zero without one for a "
                                + "minute. It is the least that the slowest requests take.",
                        series(Fallback.zeroByPod("max by (pod) (jvm_gc_pause_seconds_max{SERVICE})"), "{{pod}}"))
                .third();
    }

    private static Panel threads() {
        return Panel.graph(
                        "Threads",
                        Unit.COUNT,
                        "Platform threads now and at most; virtual threads do not count. Each has a stack outside "
                                + "malloc and caches inside it (tcache_max), so threads without end are memory "
                                + "without end.",
                        series("jvm_threads_live_threads{SERVICE}", "{{pod}} live"),
                        series("jvm_threads_peak_threads{SERVICE}", "{{pod}} peak"))
                .third();
    }
}

package dev.brr.operator.dashboard;

import static dev.brr.operator.dashboard.Target.limit;
import static dev.brr.operator.dashboard.Target.series;

import dev.brr.jemalloc.conf.Tuning;
import java.util.List;

/** Shows what the allocator does: allocations, pages it gives back, arenas, and the tuning it runs with. */
final class AllocationPanels {

    private AllocationPanels() {}

    static Row row(Tuning.Decision tuning) {
        return new Row(
                "Allocation",
                List.of(
                        allocationRate(),
                        allocationsByPod(),
                        allocationsPerRequest(),
                        unusedPages(),
                        purged(),
                        guard(),
                        arenas(),
                        tuning(tuning),
                        profiling()));
    }

    private static Panel allocationRate() {
        return Panel.graph(
                "Allocation rate",
                Unit.CALLS_PER_SECOND,
                "Objects taken from the arenas (malloc) and given back to them (dalloc), small up to 14 KiB and large "
                        + "above. Thread caches take and return many at once. malloc above dalloc for long means that "
                        + "memory is kept; many large ones cost page faults.",
                series("sum by (class) (rate(jemalloc_malloc_total{SERVICE}[$__rate_interval]))", "malloc {{class}}"),
                series("sum by (class) (rate(jemalloc_dalloc_total{SERVICE}[$__rate_interval]))", "dalloc {{class}}"));
    }

    private static Panel allocationsByPod() {
        return Panel.graph(
                "Allocations by pod",
                Unit.CALLS_PER_SECOND,
                "Calls of malloc and its kin by each pod, those served by thread caches included. It should follow the "
                        + "requests; a pod that allocates more than its peers for the same load is worth a profile.",
                series("rate(process_memory_allocations{SERVICE}[$__rate_interval])", "{{pod}}"));
    }

    private static Panel allocationsPerRequest() {
        return Panel.graph(
                "Allocations per request",
                Unit.COUNT,
                "Native allocations for each answered request, over the chosen pods. It belongs to the code, not to "
                        + "the load: a step after a rollout is the new version's. Blank while there are no requests.",
                series(
                        Fallback.blank("sum(rate(process_memory_allocations{SERVICE}[$__rate_interval]))"
                                + " / (sum(rate(http_server_requests_seconds_count{SERVICE}[$__rate_interval])) > 0)"),
                        "allocations per request"));
    }

    private static Panel unusedPages() {
        return Panel.stack(
                "Unused pages",
                Unit.BYTES,
                "Pages without allocations that jemalloc still has: dirty ones count in RSS, muzzy ones until the "
                        + "kernel wants them. They should go within dirty_decay_ms and muzzy_decay_ms. Above the "
                        + "line, a fifth of the limit, the alert AllocatorHoardsMemory fires.",
                series("sum(jemalloc_dirty_bytes{SERVICE})", "dirty"),
                series("sum(jemalloc_muzzy_bytes{SERVICE})", "muzzy"),
                limit("sum(process_memory_limit_bytes{SERVICE}) * 0.2", "a fifth of the limit"));
    }

    private static Panel purged() {
        return Panel.graph(
                "Pages given back",
                Unit.PAGES_PER_SECOND,
                "Unused pages given back to the kernel: dirty ones become muzzy or go, muzzy ones go. Much of it under "
                        + "steady load means that pages are given back only to be fetched again: longer decay times "
                        + "save that work. None at all, with dirty pages piling up, means nothing purges.",
                series("sum by (kind) (rate(jemalloc_purged_pages_total{SERVICE}[$__rate_interval]))", "{{kind}}"));
    }

    private static Panel guard() {
        return Panel.graph(
                "Purges by the memory guard",
                Unit.COUNT,
                "How many times a minute the guard gave all unused pages of a pod back: from 85 % of the memory limit "
                        + "on, where they are worth it (near limit), and from 95 % on nearly always (critical). Now "
                        + "and then is what it is for; all the time, the limit is too small or dirty_decay_ms too "
                        + "long, and the alert GuardKeepsPurging fires.",
                series(guardPurges("near_limit"), "{{pod}} near limit"),
                series(guardPurges("critical"), "{{pod}} critical"));
    }

    private static String guardPurges(String reason) {
        return Fallback.zeroByPod(
                "sum by (pod) (rate(jemalloc_guard_purges_total{SERVICE, reason=\"%s\"}[$__rate_interval])) * 60"
                        .formatted(reason));
    }

    private static Panel arenas() {
        return Panel.graph(
                "Arenas and background threads",
                Unit.COUNT,
                "Arenas that exist (narenas, and one for sizes from 8 MiB) and the threads that purge while the "
                        + "application is idle (background_thread). More arenas than CPUs cost memory and gain "
                        + "nothing; without a background thread an idle service keeps what it freed.",
                series("jemalloc_arenas{SERVICE}", "{{pod}} arenas"),
                series("jemalloc_background_threads{SERVICE}", "{{pod}} background threads"));
    }

    private static Panel tuning(Tuning.Decision tuning) {
        var panel = Panel.table(
                "Tuning of the pods",
                "jemalloc's version, the fingerprint of MALLOC_CONF and whether heap profiles can be taken, as each "
                        + "process reports them. " + wanted(tuning),
                series("sum by (pod, version, conf_hash, prof) (jemalloc_info{SERVICE})", "{{pod}}"));
        return switch (tuning) {
            case Tuning.Decision.Tuned(var conf) ->
                panel.mapped(new ValueMapping(conf.hash(), conf.hash() + " (as wanted)", "green"));
            case Tuning.Decision.Refused _ -> panel;
        };
    }

    private static String wanted(Tuning.Decision tuning) {
        return switch (tuning) {
            case Tuning.Decision.Tuned(var conf) ->
                "Wanted is %s, which is MALLOC_CONF=%s; for another one the alert MallocConfDrift fires."
                        .formatted(conf.hash(), conf.render());
            case Tuning.Decision.Refused _ ->
                "What the BrrService wants is refused, see its conditions; the pods run what they ran before.";
        };
    }

    private static Panel profiling() {
        return Panel.stat(
                        "Heap profiling",
                        Unit.STATE,
                        "Whether any chosen pod is sampling allocations for a heap profile. It costs little, and "
                                + "still nobody should pay for a profile that nobody reads.",
                        series("max(jemalloc_prof_active{SERVICE})", "profiling"))
                .mapped(new ValueMapping("0", "off", "green"), new ValueMapping("1", "on", "orange"));
    }
}

package dev.brr.jemalloc;

/**
 * Holds jemalloc's statistics of one moment, jemalloc(3), {@code stats.*}. Sizes are in bytes.
 *
 * @param allocated what the application asked for and has not freed, rounded up to size classes
 * @param active pages that hold at least one of those allocations; {@code active - allocated} is internal fragmentation
 * @param metadata jemalloc's own bookkeeping
 * @param resident the most that can be in physical memory: active, dirty and metadata pages
 * @param mapped all that is mapped for the application
 * @param retained address space kept for reuse, without memory behind it; no part of mapped or RSS
 * @param dirty unused pages that may still hold physical memory
 * @param muzzy unused pages that the kernel may take, but has perhaps not taken yet
 * @param purgedPages pages given back since the start, dirty ones and muzzy ones
 * @param arenas arenas that exist now, with the one that jemalloc keeps for sizes from 8 MiB
 * @param backgroundThreads threads that purge
 * @param small counts of allocations up to 14 KiB
 * @param large counts of allocations above
 */
public record MallocStats(
        long allocated,
        long active,
        long metadata,
        long resident,
        long mapped,
        long retained,
        long dirty,
        long muzzy,
        Purged purgedPages,
        long arenas,
        long backgroundThreads,
        Calls small,
        Calls large) {

    /** Counts pages that were given back to the kernel, in two steps: dirty pages become muzzy, muzzy ones go. */
    public record Purged(long dirty, long muzzy) {}

    /**
     * Counts calls since the start, over all arenas.
     *
     * @param mallocs objects taken from the arenas, also to fill thread caches in advance
     * @param dallocs objects given back to the arenas, by {@code free} or from a thread cache
     * @param requests allocations that the application asked for, as far as thread caches have reported them
     */
    public record Calls(long mallocs, long dallocs, long requests) {}

    /** Returns how often the application allocated. Lags by what thread caches have not reported yet. */
    public long requests() {
        return small.requests() + large.requests();
    }
}

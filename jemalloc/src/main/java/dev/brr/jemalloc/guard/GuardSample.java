package dev.brr.jemalloc.guard;

import dev.brr.jemalloc.process.MemoryReading;
import java.time.Duration;

/**
 * Holds what the guard saw at one moment.
 *
 * @param at since the guard began; never falls
 * @param memory how much of the limit is used
 * @param unused bytes in dirty and muzzy pages, which a purge gives back
 */
public record GuardSample(Duration at, MemoryReading memory, long unused) {}

/**
 * Heap profiles of jemalloc with Java frames: takes them, reads {@code heap_v2}, scales samples to estimates, names
 * frames, and writes pprof, collapsed stacks and a flame graph.
 *
 * <p>Depends on {@link dev.brr.jemalloc} to speak with the allocator, and on the JDK. The Java frames come from a small
 * library in C ({@code src/main/c}) that travels in the jar and is loaded when profiling is first switched on; where it
 * cannot be, profiles end at the native frames, and {@link dev.brr.jemalloc.profile.HeapProfiler#frames()} says why.
 */
@NullMarked
package dev.brr.jemalloc.profile;

import org.jspecify.annotations.NullMarked;

/**
 * Speaks with the jemalloc that the process was started with: finds it or says why it is not there, reads and writes
 * its controls, and reports its statistics and options.
 *
 * <p>Depends on JNA and on {@link dev.brr.jemalloc.conf}; knows no metrics library and no Kubernetes. Needs a 64-bit
 * Linux to find anything; anywhere else {@link dev.brr.jemalloc.Jemalloc#probe()} says so and nothing fails.
 */
@NullMarked
package dev.brr.jemalloc;

import org.jspecify.annotations.NullMarked;

/**
 * Publishes what jemalloc and the kernel say about this process's memory through Micrometer.
 *
 * <p>Depends on Micrometer's core, {@link dev.brr.jemalloc} and {@link dev.brr.jemalloc.process}; knows no registry.
 */
@NullMarked
package dev.brr.jemalloc.micrometer;

import org.jspecify.annotations.NullMarked;

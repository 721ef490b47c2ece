/**
 * Reads what the kernel knows about the memory of this process and the limits it runs under, and makes folders of its own.
 *
 * <p>Parsers are pure; {@link dev.brr.jemalloc.process.ProcessMemory} reads the files. Depends on the JDK alone.
 */
@NullMarked
package dev.brr.jemalloc.process;

import org.jspecify.annotations.NullMarked;

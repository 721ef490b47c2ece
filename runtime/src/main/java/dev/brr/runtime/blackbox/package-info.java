/**
 * Keeps evidence of what took the memory, in files, before the kernel kills the process for it. {@link
 * dev.brr.runtime.blackbox.BlackBoxPolicy} decides from figures alone when; {@link dev.brr.runtime.blackbox.EvidenceRing}
 * writes. Depends on the library below {@code dev.brr.jemalloc} and on the settings; knows no web server.
 */
@NullMarked
package dev.brr.runtime.blackbox;

import org.jspecify.annotations.NullMarked;

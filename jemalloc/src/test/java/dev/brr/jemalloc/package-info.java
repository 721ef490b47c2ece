/** Tests of the binding, and what starts other processes with the real jemalloc for all tests of this module. */
@NullMarked
package dev.brr.jemalloc;

import org.jspecify.annotations.NullMarked;

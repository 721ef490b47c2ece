@NullMarked
package dev.brr.jemalloc.process;

import org.jspecify.annotations.NullMarked;

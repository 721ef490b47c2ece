@NullMarked
package dev.brr.jemalloc.load;

import org.jspecify.annotations.NullMarked;

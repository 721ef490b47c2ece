@NullMarked
package dev.brr.jemalloc.micrometer;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.brr.jemalloc.conf;

import org.jspecify.annotations.NullMarked;

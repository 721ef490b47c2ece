/** Bounds how often one client may call one operation, in a fixed amount of memory. Depends on nothing but Java. */
@NullMarked
package dev.brr.runtime.ratelimit;

import org.jspecify.annotations.NullMarked;

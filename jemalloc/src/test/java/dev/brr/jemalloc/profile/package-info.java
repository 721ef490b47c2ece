@NullMarked
package dev.brr.jemalloc.profile;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.brr.jemalloc.script;

import org.jspecify.annotations.NullMarked;

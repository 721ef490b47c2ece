@NullMarked
package dev.brr.runtime.profiling;

import org.jspecify.annotations.NullMarked;

/**
 * Microbenchmarks of the hot path, and the servers that {@code scripts/bench runtime} runs beside the pet store. Part of
 * no build but its own, {@code mvn -Pbench}.
 */
@NullMarked
package dev.brr.bench;

import org.jspecify.annotations.NullMarked;

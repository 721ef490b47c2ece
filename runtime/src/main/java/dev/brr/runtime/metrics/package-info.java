/** Counts and times what the service does, as Micrometer meters that Prometheus reads. Knows no server. */
@NullMarked
package dev.brr.runtime.metrics;

import org.jspecify.annotations.NullMarked;

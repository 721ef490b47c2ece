/**
 * What tuning a service wants, whether its processes have it, and which of its operations they call the hungriest.
 * Depends on the API's records, on {@code dev.brr.jemalloc.conf} (pure) and on {@code kubernetes}; the one place that
 * speaks to pods.
 */
@NullMarked
package dev.brr.operator.tuning;

import org.jspecify.annotations.NullMarked;

/**
 * What is published about a service's memory: the Grafana dashboard and the alerts, both pure functions of the
 * BrrService. Depends on the API's records, on {@code dev.brr.jemalloc.conf} (pure), on {@code tuning} for the
 * MALLOC_CONF that is wanted, on Jackson and the Fabric8 model; makes no call.
 */
@NullMarked
package dev.brr.operator.dashboard;

import org.jspecify.annotations.NullMarked;

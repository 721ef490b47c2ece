/**
 * Tests of the dashboard and the alerts. PromQL is judged by {@code promtool}, which is Prometheus' own parser and
 * engine, against a scrape of a real process.
 */
@NullMarked
package dev.brr.operator.dashboard;

import org.jspecify.annotations.NullMarked;

/** Tests of the Helm chart, rendered by Helm's own engine: what it installs, what it refuses, what it may do. */
@NullMarked
package dev.brr.operator.chart;

import org.jspecify.annotations.NullMarked;

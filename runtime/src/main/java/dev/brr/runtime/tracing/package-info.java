/**
 * Tells a collector of each request, as a span by OTLP over HTTP. Nothing of it is loaded unless an endpoint is set.
 *
 * <p>Depends on {@link dev.brr.runtime.logging} for the header that names a trace.
 */
@NullMarked
package dev.brr.runtime.tracing;

import org.jspecify.annotations.NullMarked;

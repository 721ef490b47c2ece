/**
 * Finds the operation that a request path and method mean.
 *
 * <p>Pure; depends on the path templates of {@link dev.brr.runtime.document} only.
 */
@NullMarked
package dev.brr.runtime.routing;

import org.jspecify.annotations.NullMarked;

/** Starts a service from an OpenAPI document. Wiring only. */
@NullMarked
package dev.brr.runtime;

import org.jspecify.annotations.NullMarked;

/**
 * The handlers of the pet store: what an author of a service writes, with an in-memory store behind. Depends on {@link
 * dev.brr.runtime.handler} only.
 */
@NullMarked
package dev.brr.petstore;

import org.jspecify.annotations.NullMarked;

/** A service as a process of its own, and what hostile clients and broken handlers do to it. */
@NullMarked
package dev.brr.petstore.attack;

import org.jspecify.annotations.NullMarked;

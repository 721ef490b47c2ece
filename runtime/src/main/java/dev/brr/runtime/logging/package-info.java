/** Writes what the service has to say about itself: plain lines on standard error. */
@NullMarked
package dev.brr.runtime.logging;

import org.jspecify.annotations.NullMarked;

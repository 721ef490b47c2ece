/**
 * Keeps what is too large for the heap in temporary files, for as long as a request lasts.
 *
 * <p>Depends on Java alone.
 */
@NullMarked
package dev.brr.runtime.spool;

import org.jspecify.annotations.NullMarked;

/** Guesses which name was meant. Pure; depends on Java alone. */
@NullMarked
package dev.brr.runtime.spelling;

import org.jspecify.annotations.NullMarked;

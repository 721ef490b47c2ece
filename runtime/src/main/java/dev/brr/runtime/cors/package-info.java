/**
 * Decides what a browser may let pages of other origins do (the CORS protocol of the Fetch standard). Pure; depends on
 * nothing but Java.
 */
@NullMarked
package dev.brr.runtime.cors;

import org.jspecify.annotations.NullMarked;

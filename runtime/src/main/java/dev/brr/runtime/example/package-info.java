/**
 * Answers operations without a handler from the document itself: its examples, or values that its schemas allow.
 *
 * <p>Pure; depends on {@link dev.brr.runtime.document} and {@link dev.brr.runtime.contract}.
 */
@NullMarked
package dev.brr.runtime.example;

import org.jspecify.annotations.NullMarked;

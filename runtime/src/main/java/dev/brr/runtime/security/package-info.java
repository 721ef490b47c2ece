/**
 * Decides who may call an operation. Pure: credentials and a request's headers in, {@link
 * dev.brr.runtime.security.AuthOutcome} out. There is no default key: a scheme without credentials lets nobody in.
 */
@NullMarked
package dev.brr.runtime.security;

import org.jspecify.annotations.NullMarked;

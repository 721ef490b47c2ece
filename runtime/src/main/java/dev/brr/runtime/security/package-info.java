/**
 * Decides who may call an operation.
 *
 * <p>{@link dev.brr.runtime.security.Authenticator} puts a {@link dev.brr.runtime.security.Guard} before each operation;
 * a guard turns a request's credentials into an {@link dev.brr.runtime.security.AuthOutcome}. Nothing here acts but the
 * keys of tokens, which are fetched from where they are configured. There is no default key: a scheme without
 * credentials lets nobody in.
 *
 * <p>May depend on the document, the contract's request parameters and the handlers' {@code Principal}; the JWT library
 * is known nowhere else.
 */
@NullMarked
package dev.brr.runtime.security;

import org.jspecify.annotations.NullMarked;

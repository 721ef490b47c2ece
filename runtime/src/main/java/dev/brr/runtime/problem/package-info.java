/**
 * Says to a client what went wrong: {@code application/problem+json} (RFC 9457). Depends on
 * {@link dev.brr.runtime.contract} for violations.
 */
@NullMarked
package dev.brr.runtime.problem;

import org.jspecify.annotations.NullMarked;

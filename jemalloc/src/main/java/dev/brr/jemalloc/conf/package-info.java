/**
 * Knows jemalloc's options: which there are, what values they take, how {@code MALLOC_CONF} spells them, which set a
 * preset stands for, and whether a running process has what was asked.
 *
 * <p>Pure: nothing here calls native code, reads the environment or knows a metrics library, so that an operator can
 * decide with it and a service can check with it. Depends on the JDK alone.
 */
@NullMarked
package dev.brr.jemalloc.conf;

import org.jspecify.annotations.NullMarked;

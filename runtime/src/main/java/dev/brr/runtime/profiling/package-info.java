/**
 * The heap profiles of the running service over HTTP: below {@code /debug}, for whoever has the token. Depends on
 * {@link dev.brr.jemalloc.profile}, on how requests and answers are handed in and out, and on no web server.
 */
@NullMarked
package dev.brr.runtime.profiling;

import org.jspecify.annotations.NullMarked;

/**
 * Reads an OpenAPI 3.1 (best effort: 3.0) document, checks it, and hands out what a service needs of it.
 *
 * <p>Pure: text in, {@link dev.brr.runtime.document.DocumentCheck} out. Besides policies and spelling it depends on Jackson, the YAML parser and
 * the JSON Schema validator only, so that the check runs as a small process of its own
 * ({@link dev.brr.runtime.document.CheckMain}) as well as inside the server.
 */
@NullMarked
package dev.brr.runtime.document;

import org.jspecify.annotations.NullMarked;

/**
 * Holds requests and responses to what the document says: parameters, bodies, media types, schemas.
 *
 * <p>Pure: raw text and bytes in, values or {@link dev.brr.runtime.contract.Violation}s out. Depends on
 * {@link dev.brr.runtime.document}, Jackson and the JSON Schema validator; knows no server.
 */
@NullMarked
package dev.brr.runtime.contract;

import org.jspecify.annotations.NullMarked;

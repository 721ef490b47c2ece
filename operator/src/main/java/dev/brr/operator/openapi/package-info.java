/**
 * Where a service's OpenAPI document comes from, and whether it can be served. Depends on the API's records, the
 * Fabric8 client and {@code kubernetes}.
 */
@NullMarked
package dev.brr.operator.openapi;

import org.jspecify.annotations.NullMarked;

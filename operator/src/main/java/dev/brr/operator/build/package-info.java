/**
 * From a document to an image in the registry: what identifies a build, what becomes of it, and Jib that does it.
 * Depends on {@code config}, {@code openapi} and Jib Core; knows nothing of Kubernetes.
 */
@NullMarked
package dev.brr.operator.build;

import org.jspecify.annotations.NullMarked;

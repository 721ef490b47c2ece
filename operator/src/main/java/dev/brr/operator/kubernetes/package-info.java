/**
 * Kubernetes conventions as brr uses them: names, labels, conditions, Events. Depends on the Fabric8 model and on the
 * API's records, on no other room of the operator.
 */
@NullMarked
package dev.brr.operator.kubernetes;

import org.jspecify.annotations.NullMarked;

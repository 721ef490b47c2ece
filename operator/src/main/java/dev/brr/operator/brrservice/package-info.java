/**
 * The reconciler of BrrServices: what is wanted, what is observed, what follows from the two, and one class for each
 * object that is applied. Depends on every other room of the operator; none depends on it but the wiring.
 */
@NullMarked
package dev.brr.operator.brrservice;

import org.jspecify.annotations.NullMarked;

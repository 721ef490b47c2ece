/** The operator: wiring only. What it wires lives in the packages below. */
@NullMarked
package dev.brr.operator;

import org.jspecify.annotations.NullMarked;

/** Programs that measure parts of the operator; {@code scripts/bench} runs them, no test does. */
@NullMarked
package dev.brr.operator.bench;

import org.jspecify.annotations.NullMarked;

/** Health and metrics of the operator itself. Depends on Micrometer, the JDK's HTTP server and the framework's health. */
@NullMarked
package dev.brr.operator.observability;

import org.jspecify.annotations.NullMarked;

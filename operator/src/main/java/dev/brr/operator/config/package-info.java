/** The operator's own settings, read once from the environment. Depends on the JDK alone. */
@NullMarked
package dev.brr.operator.config;

import org.jspecify.annotations.NullMarked;

/** Reads how the service is to run, from flags before environment before defaults. Pure. */
@NullMarked
package dev.brr.runtime.config;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.brr.runtime.blackbox;

import org.jspecify.annotations.NullMarked;

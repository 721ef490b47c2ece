/**
 * Writes what the service has to say: about itself in plain lines on standard error, about its requests in lines of JSON
 * on standard output, in a thread of its own. Knows no server.
 */
@NullMarked
package dev.brr.runtime.logging;

import org.jspecify.annotations.NullMarked;

/**
 * Puts the service on the network, by Helidon's web server. No other package knows of it: a better HTTP layer would
 * replace this one alone.
 */
@NullMarked
package dev.brr.runtime.server;

import org.jspecify.annotations.NullMarked;

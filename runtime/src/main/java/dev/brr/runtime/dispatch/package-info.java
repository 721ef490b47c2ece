/**
 * Leads a request through the contract to its handler and the answer back.
 *
 * <p>Knows everything above the wire and no server: {@link dev.brr.runtime.dispatch.Exchange} is what a server has to
 * offer, {@link dev.brr.runtime.dispatch.Reply} is what it has to send.
 */
@NullMarked
package dev.brr.runtime.dispatch;

import org.jspecify.annotations.NullMarked;

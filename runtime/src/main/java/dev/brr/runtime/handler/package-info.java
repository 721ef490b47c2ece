/**
 * What the author of a service writes against: handlers, requests, responses, events.
 *
 * <p>No type of a server, a validator or a JSON library is in the signatures: values are texts, numbers, lists, maps,
 * bytes and records. A handler runs on a virtual thread of its own and may block.
 */
@NullMarked
package dev.brr.runtime.handler;

import org.jspecify.annotations.NullMarked;

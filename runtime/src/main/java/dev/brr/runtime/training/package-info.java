/**
 * A start of the runtime that answers a few requests of each kind and ends: what an AOT cache of a service's start is
 * recorded from. May depend on everything of the runtime but {@code RuntimeMain}; nothing depends on it.
 */
@NullMarked
package dev.brr.runtime.training;

import org.jspecify.annotations.NullMarked;

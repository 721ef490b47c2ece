/**
 * Gives unused memory back before the kernel kills for want of it: {@link dev.brr.jemalloc.guard.GuardPolicy} decides
 * from figures alone, {@link dev.brr.jemalloc.guard.MemoryGuard} acts on a thread of its own. Depends on the binding and
 * on {@link dev.brr.jemalloc.process}.
 */
@NullMarked
package dev.brr.jemalloc.guard;

import org.jspecify.annotations.NullMarked;

package dev.brr.jemalloc.load;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Keeps native blocks beyond the request that made them. Whoever replaces one frees it, on whatever thread that is. */
final class SharedCache {

    private final AtomicReferenceArray<@Nullable NativeBlock> slots;
    private final AtomicLong bytes = new AtomicLong();

    SharedCache(int size) {
        slots = new AtomicReferenceArray<>(size);
    }

    /** Keeps a block in a slot chosen at random, and frees the one that was there. */
    void put(SplittableRandom random, NativeBlock block) {
        bytes.addAndGet(block.bytes());
        free(slots.getAndSet(random.nextInt(slots.length()), block));
    }

    /** Frees blocks at random, so many of a hundred: what stays lies scattered over the memory that they all had. */
    void drain(SplittableRandom random, int percent) {
        for (int slot = 0; slot < slots.length(); slot++) {
            if (random.nextInt(100) < percent) {
                free(slots.getAndSet(slot, null));
            }
        }
    }

    /** Returns the bytes asked for by all that is kept. */
    long bytes() {
        return bytes.get();
    }

    private void free(@Nullable NativeBlock block) {
        if (block != null) {
            bytes.addAndGet(-block.bytes());
            block.free();
        }
    }
}

package dev.brr.runtime.contract;

import java.util.concurrent.atomic.AtomicReferenceArray;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * The buffers that JSON is read and written through, in a few places which threads find by their number. Jackson's own
 * pool is one queue that all threads pull at; one for each thread would be one for each of many thousand connections.
 * Who finds a place empty goes on with new buffers.
 */
final class Buffers implements RecyclerPool<BufferRecycler> {
    private static final long serialVersionUID = 1L;
    private static final int PLACES = 16;

    private final transient AtomicReferenceArray<BufferRecycler> places = new AtomicReferenceArray<>(PLACES);

    @Override
    public BufferRecycler acquirePooled() {
        BufferRecycler known = places.getAndSet(place(), null);
        return known == null ? new BufferRecycler() : known;
    }

    @Override
    public void releasePooled(BufferRecycler released) {
        places.setRelease(place(), released);
    }

    private static int place() {
        return (int) Thread.currentThread().threadId() & (PLACES - 1);
    }
}

package dev.brr.runtime.dispatch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Room on the heap for the request bodies of all requests together, so that many large ones at once cannot take all
 * memory. Small bodies always find room.
 */
final class BodyRoom {
    /** Up to here a body costs little more than its connection does, bytes. */
    static final long SMALL = 64 * 1024;
    /** A body may be held several times over: as bytes, as a tree, as parts. */
    private static final int SHARE_OF_HEAP = 8;

    private final AtomicLong free;

    /** @param bytes for all large bodies together */
    BodyRoom(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** Room for a share of the heap, and for one body of the largest size in any case. */
    static BodyRoom of(long maxBodyBytes) {
        return new BodyRoom(Math.max(maxBodyBytes, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    /**
     * Takes as much of the room wanted as there is.
     *
     * @param wanted bytes
     */
    Slice take(long wanted) {
        if (wanted <= SMALL) {
            return new Slice(wanted, 0);
        }
        long before = free.getAndUpdate(there -> there - Math.min(there, wanted));
        long taken = Math.min(before, wanted);
        return new Slice(Math.max(taken, SMALL), taken);
    }

    /** What one request holds of the room. */
    final class Slice implements AutoCloseable {
        private final long bytes;
        private long counted;

        private Slice(long bytes, long counted) {
            this.bytes = bytes;
            this.counted = counted;
        }

        /** How large a body fits in. */
        long bytes() {
            return bytes;
        }

        /** Gives back what a body of a size does not need. */
        void keep(long size) {
            long less = Math.min(counted, size);
            free.addAndGet(counted - less);
            counted = less;
        }

        @Override
        public void close() {
            keep(0);
        }
    }
}

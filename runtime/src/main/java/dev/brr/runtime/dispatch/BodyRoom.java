package dev.brr.runtime.dispatch;

import dev.brr.runtime.spool.NoRoomException;
import dev.brr.runtime.spool.RequestFiles;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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

    /** A slice that holds nothing yet. */
    Slice slice() {
        return new Slice();
    }

    /** A slice that holds as much of the room wanted as there is; bytes. */
    Slice take(long wanted) {
        Slice slice = new Slice();
        slice.take(wanted);
        return slice;
    }

    /** What one request holds of the room, and of the disk. */
    final class Slice implements AutoCloseable {
        private long bytes;
        private long counted;
        private long grown;
        private @Nullable RequestFiles files;

        private Slice() {}

        /**
         * Takes as much of the room wanted as there is.
         *
         * @param wanted bytes
         */
        void take(long wanted) {
            if (wanted <= SMALL) {
                bytes = wanted;
                return;
            }
            long before = free.getAndUpdate(there -> there - Math.min(there, wanted));
            counted = Math.min(before, wanted);
            bytes = Math.max(counted, SMALL);
        }

        /**
         * Takes so much more, where how much it will be shows only as it comes.
         *
         * @throws NoRoomException when there is no more
         */
        void grow(int more) throws NoRoomException {
            grown += more;
            long wanted = grown - SMALL - counted;
            if (wanted <= 0) {
                return;
            }
            long before = free.getAndUpdate(there -> there >= wanted ? there - wanted : there);
            if (before < wanted) {
                throw new NoRoomException("The bodies of other requests take all room");
            }
            counted += wanted;
        }

        /** Has files closed together with it. */
        void holds(RequestFiles more) {
            files = more;
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
            if (files != null) {
                files.close();
            }
        }
    }
}

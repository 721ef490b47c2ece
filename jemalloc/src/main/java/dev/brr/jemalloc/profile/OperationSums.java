package dev.brr.jemalloc.profile;

import java.util.concurrent.atomic.AtomicLongArray;

/** Sums of bytes by the number of an operation. One thread adds at a time, any may read. */
final class OperationSums {

    /** What comes beyond it is not counted, lest a number take memory without bound. */
    static final int LAST_OPERATION = (1 << 16) - 1;

    private static final int FIRST_ROOM = 64;

    /** Of each operation native bytes, then those of Java objects: one line of the processor's cache. */
    private volatile AtomicLongArray sums = new AtomicLongArray(2 * FIRST_ROOM);

    void add(int operation, long nativeBytes, long javaBytes) {
        if (operation > LAST_OPERATION) {
            return;
        }
        AtomicLongArray room = sums;
        int at = 2 * operation;
        if (at >= room.length()) {
            room = larger(room, at);
            sums = room;
        }
        room.setOpaque(at, room.getPlain(at) + nativeBytes);
        room.setOpaque(at + 1, room.getPlain(at + 1) + javaBytes);
    }

    private static AtomicLongArray larger(AtomicLongArray room, int at) {
        AtomicLongArray made = new AtomicLongArray(2 * Integer.highestOneBit(at));
        for (int i = 0; i < room.length(); i++) {
            made.setPlain(i, room.getPlain(i));
        }
        return made;
    }

    void addAll(OperationSums others) {
        for (int operation = 0; 2 * operation < others.sums.length(); operation++) {
            add(operation, others.nativeBytes(operation), others.javaBytes(operation));
        }
    }

    long nativeBytes(int operation) {
        return at(2 * operation);
    }

    long javaBytes(int operation) {
        return at(2 * operation + 1);
    }

    private long at(int index) {
        AtomicLongArray room = sums;
        return index < room.length() ? room.getOpaque(index) : 0;
    }
}

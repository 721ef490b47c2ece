package dev.brr.jemalloc.load;

import java.lang.reflect.Field;
import java.util.SplittableRandom;
import sun.misc.Unsafe;

/**
 * Is a block of {@code malloc}.
 *
 * @param address where it lies
 * @param bytes how much was asked for
 */
record NativeBlock(long address, int bytes) {

    private static final Unsafe UNSAFE = unsafe();
    private static final int PAGE = 4096;

    /** Allocates a block and writes to each of its pages, as one does who needs it. */
    static NativeBlock of(int bytes) {
        long address = UNSAFE.allocateMemory(bytes);
        for (int offset = 0; offset < bytes; offset += PAGE) {
            UNSAFE.putByte(address + offset, (byte) 1);
        }
        UNSAFE.putByte(address + bytes - 1, (byte) 1);
        return new NativeBlock(address, bytes);
    }

    /** Returns a size between two, both included: as many between 1 and 2 KiB as between 2 and 4. */
    static int size(SplittableRandom random, int least, int most) {
        double exponent = random.nextDouble() * Math.log((double) most / least);
        return Math.clamp(Math.round(least * Math.exp(exponent)), least, most);
    }

    void free() {
        UNSAFE.freeMemory(address);
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no Unsafe", e);
        }
    }
}

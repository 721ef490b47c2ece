package dev.brr.jemalloc.conf;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.Mallctl;

/** Prints how many arenas and background threads there are, and what blocks hold that nobody wrote to. */
final class VoidOptionsProgram {
    private static final int SIZE = 6000;
    private static final byte WRITTEN = 7;
    private static final int BYTE = 0xff;

    private VoidOptionsProgram() {}

    public static void main(String[] arguments) {
        Mallctl mallctl = ((Jemalloc.Loaded) Jemalloc.probe()).mallctl();
        print("narenas", mallctl.readUnsigned("opt.narenas"));
        print("threads", ((Jemalloc.Loaded) Jemalloc.probe()).stats().backgroundThreads());
        long block = Native.malloc(SIZE);
        print("allocated", new Pointer(block).getByte(SIZE / 2) & BYTE);
        new Pointer(block).setMemory(0, SIZE, WRITTEN);
        Native.free(block);
        // The block is in the cache of this thread: its page is there, and nobody else takes it.
        print("freed", new Pointer(block).getByte(SIZE / 2) & BYTE);
    }

    private static void print(String key, long value) {
        System.out.println(key + "=" + value);
    }
}

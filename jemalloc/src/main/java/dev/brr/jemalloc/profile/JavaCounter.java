package dev.brr.jemalloc.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads how many bytes of Java objects a thread of the system has made, where HotSpot keeps it.
 *
 * <p>That is what {@code com.sun.management.ThreadMXBean.getCurrentThreadAllocatedBytes} says, without a call into the JVM: a
 * sum that HotSpot adds to when the thread takes another buffer to allocate from, and what is in use of that buffer
 * ({@code Thread::cooked_allocated_bytes}). Where each lies HotSpot tells debuggers.
 */
final class JavaCounter {
    private static final int COUNTED;
    private static final int BUFFER_START;
    private static final int BUFFER_TOP;
    private static final int END;

    static {
        long[] offsets = HookLibrary.javaCounterOffsets();
        boolean known = offsets.length == 3;
        COUNTED = known ? Math.toIntExact(offsets[0]) : 0;
        BUFFER_START = known ? Math.toIntExact(offsets[1]) : 0;
        BUFFER_TOP = known ? Math.toIntExact(offsets[2]) : 0;
        END = known ? Math.max(COUNTED, Math.max(BUFFER_START, BUFFER_TOP)) + Long.BYTES : 0;
    }

    private static final int LARGE = 1 << 20;
    private static final int SMALL = 1 << 10;
    private static final int SMALL_ONES = 1 << 10;

    @SuppressWarnings("unused") // Written so that the array is made.
    private static volatile byte[] probe = {};

    private final ByteBuffer thread;

    private JavaCounter(ByteBuffer thread) {
        this.thread = thread.order(ByteOrder.nativeOrder());
    }

    /** Gives that of a thread that runs and is not virtual; null where this JVM does not say where it is. */
    static @Nullable JavaCounter of(Thread thread) {
        ByteBuffer words = END == 0 ? null : HookLibrary.nativeThread(thread, END);
        return words == null ? null : new JavaCounter(words);
    }

    /** Returns the bytes of all objects that the thread has made; for the thread itself to call. */
    long bytes() {
        long counted;
        long buffered;
        do {
            counted = thread.getLong(COUNTED);
            buffered = thread.getLong(BUFFER_TOP) - thread.getLong(BUFFER_START);
            // A garbage collection in between takes the buffer away, and adds it to the sum.
        } while (counted != thread.getLong(COUNTED));
        return counted + buffered;
    }

    /** Says whether it counts what it should: a JDK may keep the names and change the meaning. */
    static boolean works() {
        AtomicLong large = new AtomicLong();
        AtomicLong small = new AtomicLong();
        Thread prober = Thread.ofPlatform().name("brr-count").daemon().unstarted(() -> {
            JavaCounter here = of(Thread.currentThread());
            if (here != null) {
                large.set(here.counted(LARGE, 1));
                small.set(here.counted(SMALL, SMALL_ONES));
            }
        });
        prober.start();
        try {
            prober.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return fits(large.get(), LARGE) && fits(small.get(), (long) SMALL * SMALL_ONES);
    }

    /** Headers of arrays are a hundredth, and the ends of buffers at most as much. */
    private static boolean fits(long counted, long bytes) {
        return counted >= bytes && counted < bytes + bytes / 8;
    }

    private long counted(int bytes, int times) {
        long before = bytes();
        for (int i = 0; i < times; i++) {
            probe = new byte[bytes];
        }
        long counted = bytes() - before;
        probe = new byte[0];
        return counted;
    }
}

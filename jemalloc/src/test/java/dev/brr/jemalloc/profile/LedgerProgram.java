package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Prints what is counted for an operation that many threads work for, each for a moment: {@code brief=native truth,counted,
 * Java truth,counted}, {@code ledgers=} how many are kept; and what one thread made in a loop, by the JVM's own word and by
 * {@link JavaCounter}: {@code loop=by the JVM,counted}.
 */
final class LedgerProgram {

    static final int THREADS = 400;

    private static final int BLOCK = 98_304;
    private static final int ARRAY = 1_000_000;
    private static final int SMALL_ONES = 2_000_000;

    @SuppressWarnings("unused") // Written so that the array is made.
    private static volatile byte[] array = {};

    private LedgerProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("memory=" + OperationMemory.count());
        ProfiledOperation brief = ProfiledOperation.of("brief");
        for (int i = 0; i < THREADS; i++) {
            Thread thread = Thread.ofPlatform().start(() -> allocate(brief));
            thread.join();
        }
        System.out.println("brief=" + (long) THREADS * BLOCK + "," + brief.nativeAllocatedBytes() + ","
                + (long) THREADS * ARRAY + "," + brief.javaAllocatedBytes());
        System.out.println("ledgers=" + Ledger.kept());
        loop(ProfiledOperation.of("loop"));
    }

    private static void allocate(ProfiledOperation operation) {
        try (ProfiledOperation.Scope _ = operation.open()) {
            new Memory(BLOCK).close();
            array = new byte[ARRAY];
        }
    }

    /** Objects that buffers are filled with again and again, with collections in between. */
    private static void loop(ProfiledOperation operation) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < SMALL_ONES; i++) {
            try (ProfiledOperation.Scope _ = operation.open()) {
                array = new byte[i % 512];
            }
        }
        System.out.println(
                "loop=" + (threads.getCurrentThreadAllocatedBytes() - before) + "," + operation.javaAllocatedBytes());
    }
}

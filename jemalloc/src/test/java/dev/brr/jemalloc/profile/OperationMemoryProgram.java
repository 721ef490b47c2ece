package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Allocates known amounts for known operations, on threads that park in the middle of it, and prints what was counted:
 * {@code OPERATION=truth in native bytes,counted,truth in bytes of Java objects,counted}.
 */
final class OperationMemoryProgram {

    private static final int CALLS = 2_000;
    /** A size class of jemalloc's: it counts what it hands out, not what was asked for. */
    private static final int BLOCK = 98_304;

    private static final int ARRAY = 100_000;

    @SuppressWarnings("unused") // Written so that the array is made.
    private static volatile byte[] array = {};

    private OperationMemoryProgram() {}

    public static void main(String[] arguments) throws Exception {
        OperationMemory memory = OperationMemory.count();
        System.out.println("memory=" + memory);
        if (memory instanceof OperationMemory.Missing) {
            return;
        }
        ProfiledOperation small = ProfiledOperation.of("small");
        ProfiledOperation large = ProfiledOperation.of("large");
        ProfiledOperation outer = ProfiledOperation.of("outer");
        ProfiledOperation inner = ProfiledOperation.of("inner");
        List<Callable<Integer>> calls = new ArrayList<>();
        calls.addAll(Collections.nCopies(CALLS, () -> small.call(() -> allocate(1))));
        calls.addAll(Collections.nCopies(CALLS, () -> large.call(() -> allocate(7))));
        calls.addAll(Collections.nCopies(CALLS, () -> outer.call(() -> allocate(2) + inner.call(() -> allocate(3)))));
        // Of all operations in turn: a thread meets on its carrier what another one left there.
        Collections.shuffle(calls, new Random(25));
        try (ExecutorService threads = Boolean.getBoolean("virtual")
                ? Executors.newVirtualThreadPerTaskExecutor()
                : Executors.newFixedThreadPool(8)) {
            for (Future<Integer> each : threads.invokeAll(calls)) {
                each.get();
            }
        }
        print("small", small, 1);
        print("large", large, 7);
        print("outer", outer, 2);
        print("inner", inner, 3);
        print("never", ProfiledOperation.of("never"), 0);
    }

    private static int allocate(int times) {
        for (int i = 0; i < times; i++) {
            new Memory(BLOCK).close();
            LockSupport.parkNanos(100_000);
            array = new byte[ARRAY];
        }
        return times;
    }

    private static void print(String name, ProfiledOperation operation, long each) {
        System.out.println(name + "=" + each * CALLS * BLOCK + "," + operation.nativeAllocatedBytes() + ","
                + each * CALLS * ARRAY + "," + operation.javaAllocatedBytes());
    }
}

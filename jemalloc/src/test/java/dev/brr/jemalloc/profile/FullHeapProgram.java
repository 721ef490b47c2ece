package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Continues a virtual thread on a new carrier whose ledger the heap has no room for, and once more where it has, and prints
 * whether it went on and what was counted.
 */
final class FullHeapProgram {

    private static final int BLOCK = 1 << 20;
    private static final int LARGEST = 1 << 20;
    private static final int OPERATION = 7;

    /** Takes the heap: each has the one before, and an array. */
    private static Object @Nullable [] held;

    private static boolean released;

    private FullHeapProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("memory=" + OperationMemory.count());
        // What the classes need is there before the heap is full.
        Ledger.of(Thread.currentThread());
        FollowedContinuation followed = new FollowedContinuation(FullHeapProgram::stay);
        followed.workFor(OPERATION);
        followed.run();
        System.out.println("before=" + Ledger.nativeBytes(OPERATION));
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread carrier = Thread.ofPlatform().unstarted(() -> onFullHeap(followed, failure));
        carrier.start();
        carrier.join();
        System.out.println("failure=" + failure.get());
        System.out.println("wentOn=" + released);
        System.out.println("onFullHeap=" + Ledger.nativeBytes(OPERATION));
        Thread next = Thread.ofPlatform().unstarted(followed);
        next.start();
        next.join();
        System.out.println("after=" + Ledger.nativeBytes(OPERATION));
    }

    private static void onFullHeap(FollowedContinuation followed, AtomicReference<@Nullable Throwable> failure) {
        try {
            fill();
            followed.run();
        } catch (Throwable e) {
            failure.set(e);
        } finally {
            held = null;
        }
    }

    private static void fill() {
        for (int size = LARGEST; size > 0; size /= 2) {
            try {
                while (true) {
                    held = new Object[] {held, new byte[size]};
                }
            } catch (OutOfMemoryError _) {
                // Smaller ones may fit.
            }
        }
    }

    /** What a virtual thread does on a carrier; it frees the heap, for the tests' sake. */
    private static void stay() {
        released = held != null;
        held = null;
        new Memory(BLOCK).close();
    }
}

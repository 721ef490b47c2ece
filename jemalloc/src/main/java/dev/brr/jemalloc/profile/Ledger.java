package dev.brr.jemalloc.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Adds up, by operation, what one thread of the system allocates.
 *
 * <p>jemalloc and the JVM count the bytes of each such thread. Whenever its operation changes, which is also when a virtual
 * thread comes or leaves, both counters are read, and what they have grown by is of the operation until now. A ledger is
 * written by its thread alone, so that processors that work for the same operation share no line of their caches.
 */
final class Ledger implements Worker {

    private static final Map<Thread, Ledger> OPEN = new ConcurrentHashMap<>();
    /** Of threads that have ended. */
    private static final OperationSums ENDED = new OperationSums();
    /**
     * Guards the moving of a ledger's sums to those. A carrier never waits for it: who holds it may be a virtual thread that
     * has to be continued by that carrier.
     */
    private static final ReentrantLock MOVING = new ReentrantLock();

    private final Thread thread;
    private final OperationSums sums = new OperationSums();
    /** The number for samples, in the memory of the thread of the system. */
    private final ByteBuffer word;

    private final @Nullable ByteBuffer nativeCounter;
    private final @Nullable JavaCounter javaCounter;
    private int operation;
    private long nativeSince;
    private long javaSince;

    private Ledger(Thread current) {
        thread = current;
        word = HookLibrary.operationWord().order(ByteOrder.nativeOrder());
        ByteBuffer counter = HookLibrary.nativeCounter();
        nativeCounter = counter == null ? null : counter.order(ByteOrder.nativeOrder());
        javaCounter = JavaCounter.of(current);
    }

    /**
     * Gives the ledger of a thread of the system.
     *
     * @param current the thread that calls, or the carrier that is about to continue a virtual one
     */
    static Ledger of(Thread current) {
        Ledger known = OPEN.get(current);
        return known != null ? known : open(current);
    }

    private static Ledger open(Thread current) {
        Ledger made = new Ledger(current);
        OPEN.put(current, made);
        if (MOVING.tryLock()) {
            try {
                moveEnded();
            } finally {
                MOVING.unlock();
            }
        }
        return made;
    }

    private static void moveEnded() {
        for (Iterator<Map.Entry<Thread, Ledger>> all = OPEN.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Thread, Ledger> each = all.next();
            if (!each.getKey().isAlive()) {
                ENDED.addAll(each.getValue().sums);
                all.remove();
            }
        }
    }

    /** Returns how many ledgers there are, of threads that run or have ended of late. */
    static int kept() {
        return OPEN.size();
    }

    /** Returns how many bytes jemalloc has given to threads that worked for an operation. */
    static long nativeBytes(int operation) {
        return total(sums -> sums.nativeBytes(operation));
    }

    /** Returns how many bytes of Java objects threads have made that worked for an operation; 0 if nobody counts. */
    static long javaBytes(int operation) {
        return total(sums -> sums.javaBytes(operation));
    }

    private static long total(ToLongFunction<OperationSums> bytes) {
        MOVING.lock();
        try {
            return bytes.applyAsLong(ENDED)
                    + OPEN.values().stream()
                            .mapToLong(ledger -> bytes.applyAsLong(ledger.sums))
                            .sum();
        } finally {
            MOVING.unlock();
        }
    }

    boolean isOf(Thread other) {
        return thread == other;
    }

    @Override
    public int workFor(int next) {
        int before = operation;
        if (before == 0 && next == 0) {
            return 0;
        }
        long nativeNow = nativeCounter == null ? 0 : nativeCounter.getLong(0);
        long javaNow = javaCounter == null ? 0 : javaCounter.bytes();
        if (before != 0) {
            sums.add(before, nativeNow - nativeSince, javaNow - javaSince);
        }
        nativeSince = nativeNow;
        javaSince = javaNow;
        operation = next;
        word.putInt(0, next);
        return before;
    }
}

package dev.brr.jemalloc.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Runs code on behalf of an operation that heap profiles are to know it by.
 *
 * <p>A virtual thread takes its operation along when it parks and goes on elsewhere. Threads that the code starts do not
 * inherit it. While neither profiles nor {@link OperationMemory} were ever switched on, running costs one read of a field.
 */
public final class ProfiledOperation {

    /** By number, counted from 1. */
    private static final List<ProfiledOperation> ALL = new CopyOnWriteArrayList<>();

    private static final Map<String, ProfiledOperation> BY_ID = new HashMap<>();

    private static final LongAdder UNFOLLOWED = new LongAdder();

    private static volatile boolean hooked;

    private final String operationId;
    private final int number;

    private ProfiledOperation(String operationId, int number) {
        this.operationId = operationId;
        this.number = number;
    }

    /** Returns the operation, which lives as long as the process. */
    public static ProfiledOperation of(String operationId) {
        synchronized (ALL) {
            return BY_ID.computeIfAbsent(operationId, id -> {
                ProfiledOperation made = new ProfiledOperation(id, ALL.size() + 1);
                ALL.add(made);
                return made;
            });
        }
    }

    /** Runs the code, and returns or throws what it does. */
    public <T> T call(Callable<T> code) throws Exception {
        try (Scope _ = open()) {
            return code.call();
        }
    }

    /** Begins to work for this operation; the same thread has to close what it gets. */
    public Scope open() {
        if (!hooked) {
            return Scope.NONE;
        }
        if (!Thread.currentThread().isVirtual()) {
            return scope(Ledger.of(Thread.currentThread()));
        }
        FollowedContinuation here = FollowedContinuation.current();
        if (here == null) {
            UNFOLLOWED.increment();
            return Scope.NONE;
        }
        return scope(here);
    }

    private Scope scope(Worker here) {
        return new Scope(here.workFor(number), here);
    }

    /** Returns the bytes that jemalloc has given to threads while they worked for this operation. */
    public long nativeAllocatedBytes() {
        return hooked ? Ledger.nativeBytes(number) : 0;
    }

    /** Returns the bytes of the Java objects that threads have made while they worked for this operation. */
    public long javaAllocatedBytes() {
        return hooked ? Ledger.javaBytes(number) : 0;
    }

    /**
     * Returns how often a virtual thread worked for an operation without being followed: what it allocated is of no
     * operation, in counts as in profiles. Threads are pinned, by a native frame, for as long as that lasts.
     */
    public static long unfollowedCalls() {
        return UNFOLLOWED.sum();
    }

    /** Work for an operation; closing it goes back to what the thread did before. */
    public static final class Scope implements AutoCloseable {
        private static final Scope NONE = new Scope(0, null);

        private final int before;
        private final @Nullable Worker worker;

        private Scope(int before, @Nullable Worker worker) {
            this.before = before;
            this.worker = worker;
        }

        @Override
        public void close() {
            if (worker != null) {
                worker.workFor(before);
            }
        }
    }

    /** Returns its operationId. */
    public String operationId() {
        return operationId;
    }

    static void hookIsSet() {
        hooked = true;
    }

    /** Returns the operationId of a number. */
    static Optional<String> operation(long number) {
        return number >= 1 && number <= ALL.size()
                ? Optional.of(ALL.get((int) number - 1).operationId)
                : Optional.empty();
    }
}

package dev.brr.jemalloc.profile;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs code on behalf of an operation that heap profiles are to know it by.
 *
 * <p>A virtual thread takes its operation along when it parks and goes on elsewhere. Threads that the code starts do not
 * inherit it. While profiling was never switched on, running costs one read of a field.
 */
public final class ProfiledOperation {

    /** By number, counted from 1. */
    private static final List<ProfiledOperation> ALL = new CopyOnWriteArrayList<>();

    private static volatile boolean hooked;

    private final String operationId;
    private final int number;

    private ProfiledOperation(String operationId, int number) {
        this.operationId = operationId;
        this.number = number;
    }

    /** Makes an operation known. It lives as long as the process: make one for each operation, not for each call. */
    public static ProfiledOperation of(String operationId) {
        synchronized (ALL) {
            ProfiledOperation made = new ProfiledOperation(operationId, ALL.size() + 1);
            ALL.add(made);
            return made;
        }
    }

    /** Runs the code, and returns or throws what it does. */
    public <T> T call(Callable<T> code) throws Exception {
        if (!hooked) {
            return code.call();
        }
        boolean virtual = Thread.currentThread().isVirtual();
        int before = HookLibrary.enter(number, virtual);
        try {
            return code.call();
        } finally {
            HookLibrary.enter(before, virtual);
        }
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

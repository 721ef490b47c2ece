package dev.brr.jemalloc.profile;

import java.util.Optional;

/**
 * Says whether the bytes that operations allocate are counted, and which.
 *
 * <p>jemalloc and the JVM count bytes by thread of the system; an account is settled whenever the operation of such a
 * thread changes, also when a virtual thread leaves its carrier or comes to one. What a park takes, its stack on the heap
 * and its timer, is of the operation that parks. What an operation has others do, on threads that it starts or hands work
 * to, is not its own.
 */
public sealed interface OperationMemory {

    /** Begins to count on first use, for the rest of the process' life; needs no heap profiling. */
    static OperationMemory count() {
        return Started.ONCE;
    }

    /**
     * Bytes are counted from now on, on virtual threads too.
     *
     * @param java whether the bytes of Java objects are counted beside those of jemalloc
     */
    record Counting(boolean java) implements OperationMemory {}

    /**
     * Nothing is counted, for it could not be right.
     *
     * @param reason what is missing
     */
    record Missing(String reason) implements OperationMemory {}

    /** Holds the outcome; its initialisation begins the count. */
    final class Started {
        private static final OperationMemory ONCE = start();

        private Started() {}

        private static OperationMemory start() {
            Optional<String> failure = FollowedThreads.follow();
            if (failure.isPresent()) {
                return new Missing(failure.get());
            }
            if (!FollowedThreads.followsVirtualThreads()) {
                return new Missing("this JVM does not tell when virtual threads leave their carriers");
            }
            ProfiledOperation.hookIsSet();
            return new Counting(JavaCounter.works());
        }
    }
}

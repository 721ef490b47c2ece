package dev.brr.jemalloc.profile;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Continues a virtual thread on a carrier, and tells the library before and after: its operation goes with it.
 *
 * <p>A virtual thread is given to its scheduler as a {@link Runnable} that is the same for all its life, each run of it a
 * stay on a carrier. The first operation that a thread works for has that {@link Runnable} replaced by one of these. It
 * takes effect when the thread is continued next; the stay that lasts is ended by a yield, once for each thread.
 */
final class FollowedContinuation implements Runnable {

    /** Beyond all that are counted. */
    private static final int PROBE = Integer.MAX_VALUE;

    private static final ThreadLocal<@Nullable FollowedContinuation> CURRENT = new ThreadLocal<>();

    private final Runnable continuation;
    /**
     * Written by the virtual thread itself, and before it parks: once it has, it may run on another carrier before
     * {@link #run} returns here.
     */
    private int operation;

    private FollowedContinuation(Runnable continuation) {
        this.continuation = continuation;
    }

    @Override
    public void run() {
        HookLibrary.mounted(operation);
        try {
            continuation.run();
        } finally {
            HookLibrary.unmounted();
        }
    }

    /** Sets the operation of this virtual thread; returns the one before, or {@link HookLibrary#NOT_FOLLOWED}. */
    static int enter(int number) {
        FollowedContinuation here = CURRENT.get();
        if (here == null) {
            here = follow(Thread.currentThread());
            if (here == null) {
                return HookLibrary.NOT_FOLLOWED;
            }
            CURRENT.set(here);
        }
        return here.go(number);
    }

    private int go(int number) {
        int before = operation;
        operation = number;
        if (HookLibrary.enter(number, true) != HookLibrary.NOT_FOLLOWED) {
            return before;
        }
        Thread.yield();
        if (HookLibrary.enter(number, true) != HookLibrary.NOT_FOLLOWED) {
            return before;
        }
        // Pinned by a native frame: it cannot leave this carrier as long as that lasts, nobody knows how long.
        operation = before;
        return HookLibrary.NOT_FOLLOWED;
    }

    private static @Nullable FollowedContinuation follow(Thread thread) {
        Runnable continuation = HookLibrary.continuation(thread);
        if (continuation == null) {
            return null;
        }
        FollowedContinuation made = new FollowedContinuation(continuation);
        HookLibrary.continueBy(thread, made);
        return made;
    }

    /** Goes back to the operation before; says whether the thread was followed until now. */
    static boolean leave(int before) {
        FollowedContinuation here = CURRENT.get();
        if (here == null) {
            return false;
        }
        here.operation = before;
        return HookLibrary.enter(before, true) != HookLibrary.NOT_FOLLOWED;
    }

    /**
     * Says whether virtual threads can be followed. A JDK may keep the names and change the meaning: so a thread leaves its
     * carrier, and looks.
     */
    static boolean works() {
        AtomicBoolean followed = new AtomicBoolean();
        Thread probe = Thread.ofVirtual().name("brr-follow").unstarted(() -> {
            int before = enter(PROBE);
            Thread.yield();
            followed.set(before == 0 && leave(before));
        });
        if (HookLibrary.continuation(probe) == null) {
            return false;
        }
        if (Thread.currentThread().isVirtual()) {
            // It waits on its carrier, for a class is initialised: there may be no other one for the probe.
            return true;
        }
        probe.start();
        try {
            probe.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return followed.get();
    }
}

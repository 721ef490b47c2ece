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
    /** What it works for. Written by the virtual thread alone, and before it parks. */
    private int operation;
    /** The stay on a carrier that lasts; null in the first one, which had begun before. */
    private @Nullable Stay stay;

    /**
     * What a virtual thread does on a carrier from its mount until it leaves. The carrier looks at it when the thread has
     * left, which may run on another one by then.
     */
    private static final class Stay {
        private int operation;
    }

    private FollowedContinuation(Runnable continuation) {
        this.continuation = continuation;
    }

    @Override
    public void run() {
        Stay here = new Stay();
        here.operation = operation;
        stay = here;
        if (here.operation != 0) {
            HookLibrary.enter(here.operation);
        }
        try {
            continuation.run();
        } finally {
            if (here.operation != 0) {
                HookLibrary.enter(0);
            }
        }
    }

    /** Gives that of this virtual thread, and follows it from now on; null where it cannot be followed as yet. */
    static @Nullable FollowedContinuation current() {
        FollowedContinuation here = CURRENT.get();
        if (here == null) {
            here = follow(Thread.currentThread());
            if (here == null) {
                return null;
            }
            CURRENT.set(here);
        }
        if (here.stay == null) {
            // Pinned by a native frame it does not leave its carrier, nobody knows for how long.
            Thread.yield();
        }
        return here.stay == null ? null : here;
    }

    /** Sets what this virtual thread works for; returns what it worked for before. */
    int enter(int number) {
        Stay here = stay;
        if (here == null) {
            throw new IllegalStateException("a virtual thread that is not followed");
        }
        int before = operation;
        operation = number;
        here.operation = number;
        HookLibrary.enter(number);
        return before;
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

    /**
     * Says whether virtual threads can be followed. A JDK may keep the names and change the meaning: so a thread leaves its
     * carrier, and looks.
     */
    static boolean works() {
        AtomicBoolean followed = new AtomicBoolean();
        Thread probe = Thread.ofVirtual().name("brr-follow").unstarted(() -> {
            FollowedContinuation here = current();
            if (here != null) {
                Stay first = here.stay;
                int before = here.enter(PROBE);
                Thread.yield();
                followed.set(here.stay != first && before == 0 && here.enter(before) == PROBE);
            }
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

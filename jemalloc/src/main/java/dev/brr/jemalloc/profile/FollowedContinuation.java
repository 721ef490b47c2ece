package dev.brr.jemalloc.profile;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Continues a virtual thread on a carrier, and has the carrier work for its operation meanwhile.
 *
 * <p>A virtual thread is given to its scheduler as a {@link Runnable} that is the same for all its life, each run of it a
 * stay on a carrier. The first operation that a thread works for has that {@link Runnable} replaced by one of these. It
 * takes effect when the thread is continued next; the stay that lasts is ended by a yield, once for each thread.
 */
final class FollowedContinuation implements Runnable, Worker {

    /** Beyond all that are counted. */
    private static final int PROBE = OperationSums.LAST_OPERATION + 1;

    private static final ThreadLocal<@Nullable FollowedContinuation> CURRENT = new ThreadLocal<>();

    private final Runnable continuation;
    /** What it works for. Written by the virtual thread alone, and before it parks. */
    private int operation;
    /** That of the carrier; null in the first stay, which had begun before, and where there was no memory for one. */
    private @Nullable Ledger carrier;

    FollowedContinuation(Runnable continuation) {
        this.continuation = continuation;
    }

    @Override
    public void run() {
        // Here it is the carrier that runs: the virtual thread is mounted further in.
        Ledger here = ledger(Thread.currentThread(), carrier);
        carrier = here;
        if (here == null) {
            continuation.run();
            return;
        }
        here.workFor(operation);
        try {
            continuation.run();
        } finally {
            // By now the virtual thread may run on another carrier: what it works for there does not matter.
            here.workFor(0);
        }
    }

    /** Null where there is no memory for one: the virtual thread has to go on all the same. */
    private static @Nullable Ledger ledger(Thread carrier, @Nullable Ledger last) {
        if (last != null && last.isOf(carrier)) {
            return last;
        }
        try {
            return Ledger.of(carrier);
        } catch (OutOfMemoryError _) {
            return null;
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
        if (here.carrier == null) {
            // Pinned by a native frame it does not leave its carrier, nobody knows for how long.
            Thread.yield();
        }
        return here.carrier == null ? null : here;
    }

    @Override
    public int workFor(int next) {
        int before = operation;
        operation = next;
        Ledger here = carrier;
        if (here != null) {
            here.workFor(next);
        }
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
     * carrier, and looks whether it was seen to come back.
     */
    static boolean works() {
        AtomicBoolean followed = new AtomicBoolean();
        Thread probe = Thread.ofVirtual().name("brr-follow").unstarted(() -> {
            FollowedContinuation here = current();
            if (here != null) {
                int before = here.workFor(PROBE);
                here.carrier = null;
                Thread.yield();
                followed.set(here.carrier != null && before == 0 && here.workFor(before) == PROBE);
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

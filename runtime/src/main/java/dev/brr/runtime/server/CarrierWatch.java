package dev.brr.runtime.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Adds carriers while virtual threads wait for one.
 *
 * <p>A handler that computes without end, or is pinned to its carrier by a native call, keeps the carrier for itself; as
 * many of them as there are carriers would keep the service from answering anything, its health included. A virtual thread
 * that only says that it has begun is started five times a second. As long as it does not begin, there is one carrier more
 * at each look; after a minute in which it always did, there is one less.
 */
public final class CarrierWatch {
    /** What there may be more than there were at first, each a platform thread. */
    static final int MORE_AT_MOST = 64;

    /** After so many looks without a wait a carrier goes. */
    static final int CALM_LOOKS = 300;

    private static final Logger LOG = System.getLogger(CarrierWatch.class.getName());
    private static final long LOOK_MILLIS = 200;

    private CarrierWatch() {}

    /**
     * What is known after a look.
     *
     * @param more carriers than at first
     * @param calm looks since the last wait, or since the last carrier that went
     */
    record State(int more, int calm) {
        static final State FIRST = new State(0, 0);

        State after(boolean waits) {
            if (waits) {
                return new State(Math.min(more + 1, MORE_AT_MOST), 0);
            }
            return more > 0 && calm + 1 >= CALM_LOOKS ? new State(more - 1, 0) : new State(more, calm + 1);
        }
    }

    /** Starts to look, by a thread that ends with the JVM. */
    public static void start() {
        Thread.ofPlatform().daemon().name("brr-carriers").start(CarrierWatch::watch);
    }

    private static void watch() {
        State state = State.FIRST;
        AtomicBoolean begun = new AtomicBoolean(true);
        while (true) {
            boolean waits = !begun.get();
            State next = state.after(waits);
            if (next.more() != state.more()) {
                change(state.more(), next.more());
            }
            state = next;
            if (!waits) {
                AtomicBoolean mark = new AtomicBoolean();
                begun = mark;
                Thread.ofVirtual().start(() -> mark.set(true));
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private static void change(int before, int after) {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        int carriers = scheduler.getParallelism() + after - before;
        scheduler.setParallelism(carriers);
        if (before == 0) {
            LOG.log(
                    Level.WARNING,
                    "Requests wait: handlers compute or hold their threads, and all carriers of virtual threads are taken."
                            + " There are {0} now, and more while requests wait",
                    carriers);
        } else if (after == MORE_AT_MOST) {
            LOG.log(
                    Level.ERROR,
                    "Requests wait though there are {0} carriers of virtual threads, the most that there may be: handlers"
                            + " compute or hold their threads without end",
                    carriers);
        }
    }
}

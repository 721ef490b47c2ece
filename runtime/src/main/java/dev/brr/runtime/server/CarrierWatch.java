package dev.brr.runtime.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Adds carriers while virtual threads wait for one.
 *
 * <p>A handler that computes without end, or is pinned to its carrier by a native call, keeps the carrier for itself; as
 * many of them as there are carriers would keep the service from answering anything, its health included. A virtual thread
 * that only says that it has begun is started five times a second. Once it has not begun for a second, there is one carrier
 * more, and another at every second look that still finds it waiting; after a minute in which it always began, there is one
 * less. Shorter waits are those of a service that starts under load: its code is not compiled yet, the processors are
 * taken, and more carriers would only keep the compiler from them.
 */
public final class CarrierWatch {
    /** What there may be more than there were at first, each a platform thread. */
    static final int MORE_AT_MOST = 64;

    /** So many looks at a thread that waits pass before there is a carrier more. */
    static final int PATIENT_LOOKS = 5;

    /** After so many looks without a wait a carrier goes. */
    static final int CALM_LOOKS = 300;

    private static final Logger LOG = System.getLogger(CarrierWatch.class.getName());
    private static final long LOOK_MILLIS = 200;

    private final Consumer<Runnable> scheduler;
    private final IntUnaryOperator carriers;
    private State state = State.FIRST;
    private AtomicBoolean begun = new AtomicBoolean(true);
    private boolean failing;

    /**
     * @param scheduler starts a virtual thread
     * @param carriers adds so many carriers, or takes them where the number is negative, and gives how many there are then
     */
    CarrierWatch(Consumer<Runnable> scheduler, IntUnaryOperator carriers) {
        this.scheduler = scheduler;
        this.carriers = carriers;
    }

    /**
     * What is known after a look.
     *
     * @param more carriers than at first
     * @param waited looks in a row that found the thread waiting
     * @param calm looks since the last wait, or since the last carrier that went
     */
    record State(int more, int waited, int calm) {
        static final State FIRST = new State(0, 0, 0);

        State after(boolean waits) {
            if (waits) {
                int now = waited + 1;
                boolean adds = now >= PATIENT_LOOKS && (now - PATIENT_LOOKS) % 2 == 0;
                return new State(adds ? Math.min(more + 1, MORE_AT_MOST) : more, now, 0);
            }
            return more > 0 && calm + 1 >= CALM_LOOKS ? new State(more - 1, 0, 0) : new State(more, 0, calm + 1);
        }
    }

    /** Starts to look, by a thread that ends with the JVM. */
    public static void start() {
        CarrierWatch watch = new CarrierWatch(Thread::startVirtualThread, CarrierWatch::add);
        Thread.ofPlatform().daemon().name("brr-carriers").start(watch::lookWithoutEnd);
    }

    private static int add(int more) {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        int carriers = scheduler.getParallelism() + more;
        scheduler.setParallelism(carriers);
        if (more > 0) {
            wake();
        }
        return carriers;
    }

    /**
     * Has the pool begin with a carrier that it may have. By itself it does not (ForkJoinPool of JDK 25): a carrier begins
     * when something comes to a queue that was empty, and a thread hands what it starts always to the same queue. So it
     * is a thread of its own that starts something.
     */
    private static void wake() {
        Thread.ofPlatform().daemon().name("brr-carriers-wake").start(() -> Thread.startVirtualThread(() -> {}));
    }

    private void lookWithoutEnd() {
        while (true) {
            look();
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** Looks once. Requests that wait may be what fills the memory, so that a look which fails is not the last. */
    void look() {
        try {
            boolean waits = !begun.get();
            State next = state.after(waits);
            if (next.more() != state.more()) {
                change(next.more());
            }
            state = next;
            if (!waits) {
                AtomicBoolean mark = new AtomicBoolean();
                scheduler.accept(() -> mark.set(true));
                begun = mark;
            }
            failing = false;
        } catch (RuntimeException | OutOfMemoryError e) {
            tell(e);
        }
    }

    private void change(int more) {
        int now = carriers.applyAsInt(more - state.more());
        if (state.more() == 0) {
            LOG.log(
                    Level.WARNING,
                    "Requests wait: handlers compute or hold their threads, and all carriers of virtual threads are taken."
                            + " There are {0} now, and more while requests wait",
                    now);
        } else if (more == MORE_AT_MOST && more > state.more()) {
            LOG.log(
                    Level.ERROR,
                    "Requests wait though there are {0} carriers of virtual threads, the most that there may be: handlers"
                            + " compute or hold their threads without end",
                    now);
        }
    }

    /** Says it once, until a look has succeeded. */
    private void tell(Throwable e) {
        try {
            if (!failing) {
                LOG.log(
                        Level.WARNING,
                        "A look whether virtual threads wait for carriers failed, and is tried again",
                        e);
            }
            failing = true;
        } catch (OutOfMemoryError _) {
            // There is no memory for words either; the next look is what matters.
        }
    }
}

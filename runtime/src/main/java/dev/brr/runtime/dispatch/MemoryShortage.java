package dev.brr.runtime.dispatch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides what becomes of a service whose heap ran out: it goes on when what took the memory is gone with the request
 * that failed, and ends when the memory stays taken, for the platform to start it again.
 */
final class MemoryShortage {
    private static final Logger LOG = System.getLogger(MemoryShortage.class.getName());
    private static final AtomicBoolean WATCHED = new AtomicBoolean();
    /** More than this share of the heap, after a collection, leaves no room to work in. */
    private static final double SPENT = 0.9;
    /** Others may be about to fail as well: they have this long to let go, all together. */
    private static final int LOOKS = 20;

    private static final long LOOK_MILLIS = 250;
    /** What the JVM's own -XX:+ExitOnOutOfMemoryError ends with. */
    private static final int EXIT_CODE = 3;

    private MemoryShortage() {}

    /** Watches, on a thread of its own, whether the memory comes back; one watcher at a time is enough. */
    static void found() {
        if (WATCHED.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("memory-shortage").start(MemoryShortage::watch);
        }
    }

    static boolean isSpent(long used, long most) {
        return used > most * SPENT;
    }

    private static void watch() {
        try {
            for (int look = 0; look < LOOKS; look++) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                if (!isSpent(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory())) {
                    return;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException _) {
            return;
        } finally {
            WATCHED.set(false);
        }
        LOG.log(Level.ERROR, "The heap is full and stays full: the service ends, to be started again");
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}

package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a virtual thread leave its only carrier in each way there is, in the middle of an operation, while another one
 * allocates there, and prints what was counted for both: {@code WAY=native bytes,bytes of Java objects}, and
 * {@code other.WAY} in the same way.
 */
final class FollowedThreadsProgram {

    static final int BLOCK = 1 << 20;
    static final int BLOCKS = 64;

    @SuppressWarnings("unused") // Written so that the array is made.
    private static volatile byte[] array = {};

    private static volatile boolean released;

    private FollowedThreadsProgram() {}

    /** How a virtual thread leaves its carrier. */
    enum Way {
        PARK,
        SLEEP,
        YIELD,
        MONITOR,
        WAIT,
        TIMED_WAIT,
        JOIN,
        SOCKET
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("memory=" + OperationMemory.count());
        for (Way way : Way.values()) {
            leave(way);
            print(way.name());
            print("other." + way);
        }
        System.out.println("unfollowed=" + ProfiledOperation.unfollowedCalls());
        run(() -> Pinned.touch());
        print("pinned");
        System.out.println("unfollowedWhilePinned=" + ProfiledOperation.unfollowedCalls());
        run(() -> {
            ProfiledOperation.of("before").open().close();
            PinnedLater.touch();
        });
        print("pinnedLater");
        run(FollowedThreadsProgram::nested);
        print("outer");
        print("inner");
        System.out.println("unfollowedAtLast=" + ProfiledOperation.unfollowedCalls());
    }

    private static void run(Runnable task) throws InterruptedException {
        Thread.ofVirtual().start(task).join();
    }

    private static void leave(Way way) throws Exception {
        released = false;
        Object monitor = new Object();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            run(() -> {
                try (ProfiledOperation.Scope _ =
                        ProfiledOperation.of(way.name()).open()) {
                    stayAway(way, monitor, client, accepted);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private static void stayAway(Way way, Object monitor, Socket client, Socket accepted) throws Exception {
        Thread self = Thread.currentThread();
        CountDownLatch held = new CountDownLatch(1);
        Thread other = Thread.ofVirtual()
                .start(
                        switch (way) {
                            case MONITOR -> () -> holding(monitor, held, self);
                            case SOCKET -> () -> sending(accepted, self);
                            default -> () -> allocating(way, monitor, self);
                        });
        switch (way) {
            case PARK -> {
                while (!released) {
                    LockSupport.park();
                }
            }
            case SLEEP -> {
                while (!released) {
                    Thread.sleep(1);
                }
            }
            case YIELD -> {
                while (!released) {
                    Thread.yield();
                }
            }
            case MONITOR -> {
                held.await();
                synchronized (monitor) {
                    released = true;
                }
            }
            case WAIT -> {
                synchronized (monitor) {
                    while (!released) {
                        monitor.wait();
                    }
                }
            }
            case TIMED_WAIT -> {
                synchronized (monitor) {
                    while (!released) {
                        monitor.wait(60_000);
                    }
                }
            }
            case JOIN -> other.join();
            case SOCKET -> client.getInputStream().read();
        }
        allocate(1);
    }

    private static void allocating(Way way, Object monitor, Thread waiting) {
        try (ProfiledOperation.Scope _ = ProfiledOperation.of("other." + way).open()) {
            allocate(BLOCKS);
        }
        released = true;
        synchronized (monitor) {
            monitor.notifyAll();
        }
        LockSupport.unpark(waiting);
    }

    private static void holding(Object monitor, CountDownLatch held, Thread waiting) {
        synchronized (monitor) {
            held.countDown();
            while (waiting.getState() != Thread.State.BLOCKED) {
                Thread.yield();
            }
            allocating(Way.MONITOR, monitor, waiting);
        }
    }

    private static void sending(Socket accepted, Thread waiting) {
        allocating(Way.SOCKET, accepted, waiting);
        try {
            accepted.getOutputStream().write(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void nested() {
        try (ProfiledOperation.Scope _ = ProfiledOperation.of("outer").open()) {
            Thread.yield();
            allocate(1);
            try (ProfiledOperation.Scope _ = ProfiledOperation.of("inner").open()) {
                Thread.yield();
                allocate(2);
                Thread.yield();
            }
            Thread.yield();
            allocate(3);
        }
        allocate(BLOCKS);
    }

    private static void allocate(int times) {
        for (int i = 0; i < times; i++) {
            new Memory(BLOCK).close();
            array = new byte[BLOCK];
        }
    }

    private static void print(String name) {
        ProfiledOperation operation = ProfiledOperation.of(name);
        System.out.println(name + "=" + operation.nativeAllocatedBytes() + "," + operation.javaAllocatedBytes());
    }

    /** Its initialiser runs below a native frame of the JVM's: the thread cannot leave its carrier. */
    static final class Pinned {
        static {
            try (ProfiledOperation.Scope _ = ProfiledOperation.of("pinned").open()) {
                allocate(BLOCKS);
            }
        }

        private Pinned() {}

        static void touch() {
            // Initialises the class.
        }
    }

    /** As above. */
    static final class PinnedLater {
        static {
            try (ProfiledOperation.Scope _ = ProfiledOperation.of("pinnedLater").open()) {
                allocate(BLOCKS);
            }
        }

        private PinnedLater() {}

        static void touch() {
            // Initialises the class.
        }
    }
}

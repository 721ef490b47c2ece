import com.sun.management.OperatingSystemMXBean;
import dev.brr.jemalloc.profile.JavaFrames;
import dev.brr.jemalloc.profile.OperationMemory;
import dev.brr.jemalloc.profile.ProfiledOperation;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures what it costs, in nanoseconds of CPU time, that operations are known: of a park and its continuation by two
 * virtual threads that hand over to one another on one carrier, and of a call that does nothing. Prints lines of
 * {@code KEY NUMBER}, the least of five rounds.
 *
 * <p>The argument says what is known: {@code plain} nothing, {@code counting} what operations allocate, {@code sampling}
 * that and Java frames of samples.
 */
final class FollowCost {

    private static final int PARKS = 500_000;
    private static final int CALLS = 3_000_000;
    private static final int ROUNDS = 5;
    private static final ProfiledOperation OPERATION = ProfiledOperation.of("cost");

    private static volatile int turn;

    private interface Round {
        double nanos() throws InterruptedException;
    }

    public static void main(String[] arguments) throws InterruptedException {
        String known = arguments[0];
        if (!known.equals("plain") && !(OperationMemory.count() instanceof OperationMemory.Counting)) {
            throw new IllegalStateException(OperationMemory.count().toString());
        }
        if (known.equals("sampling") && !(JavaFrames.install() instanceof JavaFrames.Hooked)) {
            throw new IllegalStateException(JavaFrames.install().toString());
        }
        print(known + "_park_ns", () -> parks(false));
        print(known + "_park_in_operation_ns", () -> parks(true));
        print(known + "_call_ns", FollowCost::calls);
    }

    private static void print(String key, Round round) throws InterruptedException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            least = Math.min(least, round.nanos());
        }
        System.out.printf("%s %.0f%n", key, least);
    }

    /** Both threads have worked for an operation, as those of connections have: they are followed. */
    private static double parks(boolean within) throws InterruptedException {
        turn = 0;
        Thread[] both = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int mine = i;
            both[i] = Thread.ofVirtual().unstarted(() -> {
                OPERATION.open().close();
                for (int k = 0; k < PARKS; k++) {
                    if (within) {
                        try (ProfiledOperation.Scope _ = OPERATION.open()) {
                            handOver(mine, both);
                        }
                    } else {
                        handOver(mine, both);
                    }
                }
            });
        }
        long begin = cpuNanos();
        run(List.of(both));
        return (cpuNanos() - begin) / (2.0 * PARKS);
    }

    private static void handOver(int mine, Thread[] both) {
        while (turn != mine) {
            LockSupport.park();
        }
        turn = 1 - mine;
        LockSupport.unpark(both[1 - mine]);
    }

    private static double calls() throws InterruptedException {
        long begin = cpuNanos();
        run(Stream.of(Thread.ofVirtual().unstarted(() -> {
                    for (int i = 0; i < CALLS; i++) {
                        try (ProfiledOperation.Scope _ = OPERATION.open()) {
                            turn = i;
                        }
                    }
                }))
                .toList());
        return (cpuNanos() - begin) / (double) CALLS;
    }

    private static void run(List<Thread> threads) throws InterruptedException {
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}

package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import dev.brr.jemalloc.Jemalloc;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;

/**
 * Allocates in every way on platform and virtual threads, loads and unloads classes, collects, and meanwhile takes
 * profiles, switches sampling and forgets samples; prints how often, and
 * how many of its threads died of something.
 */
final class StressProgram {

    private static final AtomicLong ALLOCATIONS = new AtomicLong();
    private static final AtomicLong DEATHS = new AtomicLong();
    private static final int MOST_SHOWN = 5;
    private static final int COLLECTED_LATER = 16;
    private static final ProfiledOperation OPERATION = ProfiledOperation.of("stress");
    private static volatile boolean ended;

    private StressProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (!(HeapProfiler.probe(Jemalloc.probe()) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler))) {
            throw new IllegalStateException("no profiler");
        }
        System.out.println("memory=" + OperationMemory.count());
        Thread.setDefaultUncaughtExceptionHandler(StressProgram::died);
        profiler.start();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(Thread.ofPlatform().start(() -> allocate(false)));
        }
        for (int i = 0; i < 40; i++) {
            threads.add(Thread.ofVirtual().start(() -> allocate(true)));
        }
        threads.add(Thread.ofPlatform().start(StressProgram::comeAndGo));
        long end = System.nanoTime()
                + Duration.ofSeconds(Integer.getInteger("seconds", 10)).toNanos();
        int profiles = 0;
        long bytes = 0;
        while (System.nanoTime() < end) {
            bytes += takeOne(profiler);
            profiles++;
            disturb(profiler, profiles);
        }
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("deaths=" + DEATHS);
        System.out.println("profiles=" + profiles);
        System.out.println("sawBytes=" + (bytes > 0));
        System.out.println("allocations=" + ALLOCATIONS);
        System.out.println("countedBytes=" + OPERATION.nativeAllocatedBytes());
    }

    /** A thread that dies is one that tests nothing any more, whatever the others count. */
    private static void died(Thread thread, Throwable problem) {
        if (DEATHS.incrementAndGet() <= MOST_SHOWN) {
            System.err.println(thread + " died");
            problem.printStackTrace();
        }
    }

    private static long takeOne(HeapProfiler profiler) throws IOException {
        HeapProfile profile = profiler.take();
        CollapsedStacks.write(profile);
        return profile.bytes();
    }

    private static void disturb(HeapProfiler profiler, int turn) {
        switch (turn % 7) {
            case 1 -> profiler.stop();
            case 2 -> profiler.start();
            case 4 -> profiler.reset(12 + turn % 5);
            case 6 -> System.gc();
            default -> LockSupport.parkNanos(20_000_000);
        }
    }

    private static void allocate(boolean parks) {
        while (!ended) {
            try {
                OPERATION.call(() -> {
                    one(ThreadLocalRandom.current().nextInt(4));
                    if (parks) {
                        LockSupport.parkNanos(100_000);
                    }
                    one(ThreadLocalRandom.current().nextInt(4));
                    return ALLOCATIONS.incrementAndGet();
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void one(int kind) {
        switch (kind) {
            case 0 -> new Memory(10_000).close();
            case 1 -> new Deflater().end();
            case 2 -> buffer();
            default ->
                ALLOCATIONS.addAndGet(new IllegalStateException("with a stack trace").getStackTrace().length % 2);
        }
    }

    /** Few buffers wait for a collection to be freed: without a bound they come faster than collections do. */
    private static void buffer() {
        if (ThreadLocalRandom.current().nextInt(COLLECTED_LATER) == 0) {
            ByteBuffer.allocateDirect(20_000).put(0, (byte) 1);
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(20_000).asByteBuffer().put(0, (byte) 1);
        }
    }

    /** Defines a class that allocates, runs it, and forgets it. */
    private static void comeAndGo() {
        int number = 0;
        while (!ended) {
            try {
                generate("Gone" + number++).call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static Object small() {
        return new Memory(5_000);
    }

    private static Callable<?> generate(String name) throws ReflectiveOperationException {
        ClassDesc self = ClassDesc.of(StressProgram.class.getName());
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of(StressProgram.class.getPackageName(), name),
                        type -> type.withInterfaceSymbols(ClassDesc.of(Callable.class.getName()))
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "call",
                                        MethodTypeDesc.of(ConstantDescs.CD_Object),
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.invokestatic(
                                                        self, "small", MethodTypeDesc.of(ConstantDescs.CD_Object))
                                                .areturn()));
        return (Callable<?>) MethodHandles.lookup()
                .defineHiddenClass(bytes, true)
                .lookupClass()
                .getDeclaredConstructor()
                .newInstance();
    }
}

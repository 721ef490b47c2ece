package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import dev.brr.jemalloc.Jemalloc;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import sun.misc.Unsafe;

/**
 * Allocates known amounts by known methods below known operations, keeps them, and prints what the profile says of each:
 * {@code METHOD=truth,estimate by stack,estimate by operation}, and {@code METHOD.otherwise}, which is on another operation.
 */
final class TruthProgram {

    private static final int BUFFER = 98_304;
    private static final int BLOCK = 40_960;
    private static final int MEMORY = 98_304;
    private static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());
    private static final Unsafe UNSAFE = unsafe();

    private TruthProgram() {}

    public static void main(String[] arguments) throws Exception {
        boolean virtual = Boolean.getBoolean("virtual");
        int scale = Integer.getInteger("scale", 1);
        if (!(Jemalloc.probe() instanceof Jemalloc.Loaded loaded)
                || !(HeapProfiler.probe(loaded) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler))) {
            throw new IllegalStateException("no profiler: " + HeapProfiler.probe(Jemalloc.probe()));
        }
        long deflater = bytesOfADeflater(loaded);
        ProfiledOperation unsafe = ProfiledOperation.of("reserve-seat");
        profiler.start();
        ProfiledOperation direct = ProfiledOperation.of("uploadPicture");
        ProfiledOperation deflate = ProfiledOperation.of("export");
        ProfiledOperation jna = ProfiledOperation.of("render");
        profiler.reset(Integer.getInteger("lgSample", 16));
        try (ExecutorService threads =
                virtual ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newFixedThreadPool(4)) {
            List<Callable<Object>> calls = new ArrayList<>();
            calls.addAll(Collections.nCopies(4800 * scale, () -> unsafe.call(parking(TruthProgram::byUnsafe))));
            calls.addAll(Collections.nCopies(750 * scale, () -> direct.call(parking(TruthProgram::byDirectBuffer))));
            calls.addAll(Collections.nCopies(480 * scale, () -> deflate.call(parking(TruthProgram::byDeflater))));
            calls.addAll(Collections.nCopies(1000 * scale, () -> jna.call(parking(TruthProgram::byJna))));
            // Of all operations in turn: a thread meets on its carrier what another one left there.
            Collections.shuffle(calls, new Random(25));
            for (Future<Object> each : threads.invokeAll(calls)) {
                KEPT.add(each.get());
            }
        }
        HeapProfile profile = profiler.take();
        profiler.stop();
        print(profile, "byUnsafe", "reserve-seat", 4800L * scale * BLOCK);
        print(profile, "byDirectBuffer", "uploadPicture", 750L * scale * BUFFER);
        print(profile, "byJna", "render", 1000L * scale * MEMORY);
        print(profile, "byDeflater", "export", 480L * scale * deflater);
        System.out.println("all=" + profile.bytes());
        System.out.println("compiler=" + bytes(profile, TruthProgram::isOfTheCompiler));
        System.out.println("frames=" + profiler.frames());
        System.out.println("stacks=" + profile.stacks().size());
        profile.by(stack -> AllocationClass.of(stack).name())
                .forEach(share -> System.out.println("class." + share.name() + "=" + share.bytes()));
        if (Boolean.getBoolean("show")) {
            System.out.println(CollapsedStacks.write(profile));
        }
    }

    private static Callable<Object> parking(Callable<Object> body) {
        return () -> {
            if (Thread.currentThread().isVirtual()) {
                LockSupport.parkNanos(200_000);
            }
            return body.call();
        };
    }

    /** Has jemalloc count what this thread allocates for one; the calls that ask allocate some bytes themselves. */
    private static long bytesOfADeflater(Jemalloc.Loaded loaded) {
        KEPT.add(new Deflater());
        long before = loaded.mallctl().readSize("thread.allocated");
        KEPT.add(new Deflater());
        return loaded.mallctl().readSize("thread.allocated") - before;
    }

    static Object byUnsafe() {
        return UNSAFE.allocateMemory(BLOCK);
    }

    static Object byDirectBuffer() {
        return ByteBuffer.allocateDirect(BUFFER);
    }

    static Object byDeflater() {
        return new Deflater();
    }

    static Object byJna() {
        return new Memory(MEMORY);
    }

    private static void print(HeapProfile profile, String method, String operation, long truth) {
        String name = TruthProgram.class.getName() + "." + method;
        Predicate<HeapProfile.Stack> ofTheMethod =
                stack -> stack.frames().stream().anyMatch(frame -> frame.name().equals(name));
        Predicate<HeapProfile.Stack> ofTheOperation = stack -> stack.operation().equals(operation);
        long byStack = bytes(profile, ofTheMethod);
        long byOperation = bytes(profile, ofTheOperation);
        System.out.println(method + "=" + truth + "," + byStack + "," + byOperation);
        System.out.println(method + ".otherwise=" + bytes(profile, ofTheMethod.and(ofTheOperation.negate())));
    }

    private static boolean isOfTheCompiler(HeapProfile.Stack stack) {
        return stack.frames().stream().anyMatch(frame -> frame.name().startsWith("CompileBroker::"));
    }

    private static long bytes(HeapProfile profile, Predicate<HeapProfile.Stack> which) {
        return profile.stacks().stream()
                .filter(which)
                .mapToLong(HeapProfile.Stack::bytes)
                .sum();
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import dev.brr.jemalloc.Jemalloc;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Measures what profiles cost, in CPU time of one thread.
 *
 * <p>Prints {@code sample_us}: microseconds a sample, from the same allocations with sampling at each 4 KiB and without;
 * {@code mib_per_s} and {@code cost_percent}: the rate of a workload that computes between its allocations, and the share
 * of its CPU time that samples at each 512 KiB take.
 *
 * <p>With {@code -Dunsampled=true} the same work without a sample, also in a process that was started without profiles:
 * {@code work_us}, CPU time for 64 KiB of native memory and what is computed in between, and {@code malloc_ns}, for an
 * allocation and its end with nothing in between; the least of five each.
 */
final class CostProgram {

    private static final int BLOCK = 16_384;
    private static final ProfiledOperation OPERATION = ProfiledOperation.of("cost");
    private static final CRC32 CHECKSUM = new CRC32();
    private static final byte[] WORK = new byte[1 << 16];

    private CostProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (Boolean.getBoolean("unsampled")) {
            withoutSamples(Integer.getInteger("times", 10_000));
            return;
        }
        if (!(HeapProfiler.probe(Jemalloc.probe()) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler))) {
            throw new IllegalStateException("no profiler");
        }
        int times = Integer.getInteger("times", 20_000);
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            sampled(profiler, 12, times);
            unsampled(profiler, times);
        }
        double sampleMicros = sampleMicros(profiler, times);
        print("sample_us", sampleMicros);
        workload(profiler, sampleMicros, times);
    }

    private static double sampleMicros(HeapProfiler profiler, int times) throws Exception {
        double most = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long without = unsampled(profiler, times);
            long before = samples(profiler);
            long with = sampled(profiler, 12, times);
            most = Math.min(most, (with - without) / 1e3 / (samples(profiler) - before));
        }
        return most;
    }

    /** Computes as a service does: some hundred microseconds of Java for each 64 KiB of native memory. */
    private static void workload(HeapProfiler profiler, double sampleMicros, int times) throws Exception {
        profiler.reset(19);
        profiler.start();
        long before = samples(profiler);
        long cpu = cpuNanos();
        work(times);
        double seconds = (cpuNanos() - cpu) / 1e9;
        long taken = samples(profiler) - before;
        profiler.stop();
        print("mib_per_s", times * 4.0 * BLOCK / (1 << 20) / seconds);
        print("samples", taken);
        print("cost_percent", 100 * taken * sampleMicros / 1e6 / seconds);
    }

    private static void withoutSamples(int times) throws Exception {
        long work = Long.MAX_VALUE;
        long mallocs = Long.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            long begin = cpuNanos();
            work(times);
            long took = cpuNanos() - begin;
            long allocated = allocate(100 * times);
            if (round > 0) { // The first is for the compilers.
                work = Math.min(work, took);
                mallocs = Math.min(mallocs, allocated);
            }
        }
        print("work_us", work / 1e3 / times);
        print("malloc_ns", mallocs / 100.0 / times);
    }

    private static void work(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            OPERATION.call(() -> {
                new Memory(4 * BLOCK).close();
                for (int pass = 0; pass < 40; pass++) {
                    CHECKSUM.update(WORK);
                }
                return CHECKSUM.getValue();
            });
        }
    }

    private static long sampled(HeapProfiler profiler, int lgSample, int times) throws Exception {
        profiler.reset(lgSample);
        profiler.start();
        try {
            return allocate(times);
        } finally {
            profiler.stop();
        }
    }

    private static long unsampled(HeapProfiler profiler, int times) throws Exception {
        profiler.stop();
        return allocate(times);
    }

    private static long allocate(int times) throws Exception {
        long begin = cpuNanos();
        for (int i = 0; i < times; i++) {
            OPERATION.call(() -> {
                new Memory(BLOCK).close();
                return BLOCK;
            });
        }
        return cpuNanos() - begin;
    }

    private static long samples(HeapProfiler profiler) {
        return profiler.frames() instanceof JavaFrames.Hooked hooked
                ? hooked.counts().samples()
                : 0;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String key, double value) {
        System.out.println(key + "=" + String.format(Locale.ROOT, "%.4f", value));
    }
}

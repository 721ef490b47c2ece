package dev.brr.jemalloc.profile;

import dev.brr.jemalloc.Jemalloc;

/** Begins an operation, and to count afterwards: what the thread has made in its life is not of that operation. */
final class LateCountProgram {

    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 64;

    @SuppressWarnings("unused") // Written so that the arrays are made.
    private static volatile byte[] last = {};

    private LateCountProgram() {}

    public static void main(String[] arguments) {
        if (!(HeapProfiler.probe(Jemalloc.probe()) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler))) {
            throw new IllegalStateException("no profiler");
        }
        profiler.start();
        ProfiledOperation early = ProfiledOperation.of("early");
        ProfiledOperation late = ProfiledOperation.of("late");
        make();
        try (ProfiledOperation.Scope _ = early.open()) {
            System.out.println("memory=" + OperationMemory.count());
            make();
        }
        try (ProfiledOperation.Scope _ = late.open()) {
            make();
        }
        System.out.println("early=" + early.javaAllocatedBytes());
        System.out.println("late=" + late.javaAllocatedBytes());
        System.out.println("made=" + (long) BLOCKS * BLOCK);
    }

    private static void make() {
        for (int i = 0; i < BLOCKS; i++) {
            last = new byte[BLOCK];
        }
    }
}

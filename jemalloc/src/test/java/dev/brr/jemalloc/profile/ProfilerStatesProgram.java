package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import dev.brr.jemalloc.Jemalloc;
import java.util.ArrayList;
import java.util.List;

/** Walks through the states of a profiler and prints what it sees in each. */
final class ProfilerStatesProgram {

    private static final int BLOCK = 1 << 20;

    private ProfilerStatesProgram() {}

    public static void main(String[] arguments) throws Exception {
        switch (HeapProfiler.probe(Jemalloc.probe())) {
            case HeapProfiler.Probe.Unavailable(String reason) -> System.out.println("unavailable=" + reason);
            case HeapProfiler.Probe.Ready(HeapProfiler profiler) -> states(profiler);
        }
    }

    private static void states(HeapProfiler profiler) throws Exception {
        List<Object> kept = new ArrayList<>();
        System.out.println("activeAtFirst=" + profiler.isActive());
        kept.add(allocate());
        profiler.start();
        profiler.reset(12);
        useUpTheOldInterval();
        System.out.println("activeAfterStart=" + profiler.isActive());
        System.out.println("beforeAnything=" + own(profiler.take()));
        System.out.println("sampleBytes=" + profiler.take().sampleBytes());
        kept.add(allocate());
        System.out.println("one=" + own(profiler.take()));
        Memory freed = allocate();
        System.out.println("two=" + own(profiler.take()));
        freed.close();
        System.out.println("freed=" + own(profiler.take()));
        profiler.stop();
        kept.add(allocate());
        System.out.println("stopped=" + own(profiler.take()));
        System.out.println("activeAfterStop=" + profiler.isActive());
        HeapProfile before = profiler.take();
        System.out.println("comparable=" + profiler.take().isComparableTo(before));
        profiler.reset();
        HeapProfile after = profiler.take();
        System.out.println("comparableAcrossAReset=" + after.isComparableTo(before));
        System.out.println("reset=" + own(after));
        System.out.println("line=" + lineOf(profiler, kept));
        System.out.println("kept=" + kept.size());
    }

    /** A thread takes its next sample when it would have under the rate of before: some 512 KiB on, rarely 10 MiB. */
    private static void useUpTheOldInterval() {
        for (int i = 0; i < 64; i++) {
            allocate().close();
        }
    }

    /** Bytes on a stack with this program's method. */
    private static long own(HeapProfile profile) {
        return profile.stacks().stream()
                .filter(ProfilerStatesProgram::isOwn)
                .mapToLong(HeapProfile.Stack::bytes)
                .sum();
    }

    private static boolean isOwn(HeapProfile.Stack stack) {
        return stack.frames().stream()
                .anyMatch(frame -> frame.name().equals(ProfilerStatesProgram.class.getName() + ".allocate"));
    }

    private static String lineOf(HeapProfiler profiler, List<Object> kept) throws Exception {
        profiler.start();
        kept.add(allocate());
        return profiler.take().stacks().stream()
                .filter(ProfilerStatesProgram::isOwn)
                .flatMap(stack -> stack.frames().stream())
                .filter(frame -> frame.name().endsWith(".allocate"))
                .map(frame -> frame.file() + ":" + (frame.line() > 0))
                .findFirst()
                .orElse("none");
    }

    private static Memory allocate() {
        return new Memory(BLOCK);
    }
}

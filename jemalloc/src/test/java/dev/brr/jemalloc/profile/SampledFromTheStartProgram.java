package dev.brr.jemalloc.profile;

import com.sun.jna.Memory;
import dev.brr.jemalloc.Jemalloc;
import java.util.ArrayList;
import java.util.List;

/** Is a service of somebody who read the README: it asks for a profiler, and takes a profile later. */
final class SampledFromTheStartProgram {

    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 64;

    private SampledFromTheStartProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (!(HeapProfiler.probe(Jemalloc.probe()) instanceof HeapProfiler.Probe.Ready(HeapProfiler profiler))) {
            throw new AssertionError("no profiler");
        }
        System.out.println("active=" + profiler.isActive());
        System.out.println("frames=" + profiler.frames().getClass().getSimpleName());
        List<Memory> kept = new ArrayList<>();
        ProfiledOperation.of("addPet").call(() -> {
            hold(kept);
            return "";
        });
        HeapProfile profile = profiler.take();
        System.out.println("java=" + profile.stacks().stream().anyMatch(SampledFromTheStartProgram::isOwn));
        System.out.println("operation="
                + profile.stacks().stream().anyMatch(stack -> stack.operation().equals("addPet")));
        System.out.println("empty=" + profile.stacks().isEmpty());
        System.out.println("kept=" + kept.size());
    }

    private static void hold(List<Memory> kept) {
        for (int i = 0; i < BLOCKS; i++) {
            kept.add(new Memory(BLOCK));
        }
    }

    private static boolean isOwn(HeapProfile.Stack stack) {
        return stack.frames().stream()
                .anyMatch(frame -> frame.name().equals(SampledFromTheStartProgram.class.getName() + ".hold"));
    }
}

package dev.brr.jemalloc.profile;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Makes profiles to test with. */
final class Profiles {

    static final Instant TAKEN = Instant.parse("2026-01-02T03:04:05.000000006Z");

    private Profiles() {}

    static HeapProfile of(HeapProfile.Stack... stacks) {
        return new HeapProfile(TAKEN, 524_288, List.of(stacks));
    }

    /** A stack of Java frames, innermost first. */
    static HeapProfile.Stack stack(String operation, long bytes, String... names) {
        return new HeapProfile.Stack(
                Arrays.stream(names).map(Profiles::frame).toList(), operation, bytes, bytes / 1000);
    }

    static StackFrame frame(String name) {
        return name.contains(".")
                ? new StackFrame(name, "Source.java", 7, StackFrame.Kind.JAVA)
                : new StackFrame(name, name.startsWith("os::") ? "libjvm.so" : "libz.so", 0, StackFrame.Kind.NATIVE);
    }
}

package dev.brr.jemalloc.profile;

import java.util.Optional;

/** Tells what kind of allocation a stack is, by who asked for the memory. */
public enum AllocationClass {
    /** {@code ByteBuffer.allocateDirect}. */
    DIRECT_BUFFER("direct buffers", "java.nio.Direct"),
    /** {@code Arena} of the foreign function and memory API. */
    ARENA("FFM arenas", "jdk.internal.foreign. java.lang.foreign."),
    /** {@code Deflater}, {@code Inflater} and the streams on top of them. */
    ZLIB("zlib", "java.util.zip."),
    /** {@code Memory} of JNA and what it calls. */
    JNA("JNA", "com.sun.jna."),
    /** {@code Unsafe.allocateMemory} of anybody else. */
    UNSAFE("Unsafe", "sun.misc.Unsafe. jdk.internal.misc.Unsafe."),
    /** Native methods of other libraries. */
    NATIVE_METHOD("native methods", ""),
    /** The JVM itself: classes, compiler, collector, threads. */
    JVM("the JVM", "");

    private final String label;
    /** Beginnings of methods' names, parted by blanks. */
    private final String prefixes;

    AllocationClass(String label, String prefixes) {
        this.label = label;
        this.prefixes = prefixes;
    }

    /** Returns what people call it. */
    public String label() {
        return label;
    }

    /** Tells the class of a stack: that of the outermost of the innermost Java frames that one class claims. */
    public static AllocationClass of(HeapProfile.Stack stack) {
        Optional<AllocationClass> found = Optional.empty();
        boolean java = false;
        for (StackFrame frame : stack.frames()) {
            if (frame.kind() == StackFrame.Kind.JAVA) {
                java = true;
                Optional<AllocationClass> claimed = claimed(frame.name());
                if (claimed.isEmpty()) {
                    break;
                }
                found = claimed;
            }
        }
        return found.orElse(java && !isOfJvm(stack) ? NATIVE_METHOD : JVM);
    }

    private static Optional<AllocationClass> claimed(String method) {
        for (AllocationClass each : values()) {
            for (String prefix : each.prefixes.split(" ")) {
                if (!prefix.isEmpty() && method.startsWith(prefix)) {
                    return Optional.of(each);
                }
            }
        }
        return Optional.empty();
    }

    /** A thread in Java code also loads classes and is compiled for; then the JVM asks for the memory, not a method. */
    private static boolean isOfJvm(HeapProfile.Stack stack) {
        return stack.frames().stream()
                .filter(frame -> frame.kind() == StackFrame.Kind.NATIVE)
                .anyMatch(frame -> frame.file().equals("libjvm.so"));
    }
}

package dev.brr.jemalloc.conf;

/**
 * Holds what a pod gets for the case that jemalloc does not load and glibc's allocator stays: a variable that jemalloc does
 * not read, and an option of the JVM that does nothing beside jemalloc.
 *
 * <p>Neither does without the other. Two arenas alone lower the peak and give nothing back: a drained service held 756 MiB
 * where it had 245 with both ({@code scripts/bench malloc}). On a node of 64 CPUs glibc would make 512 arenas.
 */
public final class GlibcFallback {

    /** mallopt(3), {@code M_ARENA_MAX}. */
    public static final String VARIABLE = "MALLOC_ARENA_MAX";

    /** The most arenas: threads share them, which costs CPU under load and keeps memory together. */
    public static final String VALUE = "2";

    /** The interval in milliseconds at which the JVM has glibc give back what is free, JDK 25 {@code java} man page. */
    public static final String JVM_OPTION = "-XX:TrimNativeHeapInterval=5000";

    private GlibcFallback() {}
}

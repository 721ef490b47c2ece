package dev.brr.jemalloc.profile;

/**
 * Names one frame of a stack.
 *
 * @param name {@code package.Class.method} of a Java frame, the function of a native one; the library where that is not
 *     known
 * @param file the source file of a Java frame, the library of a native one; empty where it is not known
 * @param line 0 where it is not known
 * @param kind what it is a frame of
 */
public record StackFrame(String name, String file, int line, Kind kind) {

    /** What a frame is of. */
    public enum Kind {
        /** A method of Java, interpreted, compiled or inlined. */
        JAVA,
        /** A function of a library, the JVM's among them. */
        NATIVE
    }
}

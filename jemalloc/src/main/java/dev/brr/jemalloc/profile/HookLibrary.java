package dev.brr.jemalloc.profile;

import dev.brr.jemalloc.process.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds the functions of {@code brr_prof_hook.c}. None may be called before {@link #load} has succeeded. */
final class HookLibrary {

    private HookLibrary() {}

    /** Has operations follow their threads: 0, or one of the negative numbers below. To be called once, before others. */
    static native int follow();

    /** Sets the hook: 0, the errno of mallctl, or one of the negative numbers below. To be called once. */
    static native int install();

    static final int NO_MALLCTL = -1;
    static final int NO_CALL_TRACE = -2;
    static final int NO_JVMTI = -3;

    /** Returns what the scheduler runs to continue a virtual thread, null where this JDK keeps it otherwise. */
    static native @Nullable Runnable continuation(Thread thread);

    /** Replaces what {@link #continuation} has returned of the thread. */
    static native void continueBy(Thread thread, Runnable continuation);

    /** Returns the number of the operation that this thread of the system works for: an int that it alone may touch. */
    static native ByteBuffer operationWord();

    /** Returns the bytes that jemalloc has given to this thread of the system: a long; null where it does not count. */
    static native @Nullable ByteBuffer nativeCounter();

    /**
     * Returns where HotSpot's description of a thread has what it counted, in bytes from its begin: bytes of objects; begin
     * and end of what is in use of the thread's buffer, which is not counted as yet. Empty where this JVM does not tell.
     */
    static native long[] javaCounterOffsets();

    /**
     * Returns the begin of HotSpot's description of a thread.
     *
     * @param thread one that runs and is not virtual
     * @param bytes how long it is at least
     */
    static native @Nullable ByteBuffer nativeThread(Thread thread, long bytes);

    /** Returns samples taken, those with Java frames, then those without by the error of AsyncGetCallTrace. */
    static native long[] counts();

    /** Returns {@code Lpackage/Class;}, method and source file, parted by tabs; null for an unloaded class. */
    static native @Nullable String describe(long method);

    /** Returns the source line of a bytecode index, 0 where it is not known. */
    static native int line(long method, int bytecodeIndex);

    /** Unpacks and loads the library; returns why it could not, if so. */
    static Optional<String> load() {
        String resource = "/META-INF/brr/linux-" + architecture() + "/libbrrprof.so";
        try (InputStream library = HookLibrary.class.getResourceAsStream(resource)) {
            if (library == null) {
                return Optional.of("this jar has no " + resource.substring(1)
                        + "; it was built without a C compiler for this architecture");
            }
            // A folder of its own, so that the file has the same name in the stacks of every process.
            try (PrivateFolder folder = PrivateFolder.make()) {
                Path file = folder.path().resolve("libbrrprof.so");
                Files.copy(library, file);
                System.load(file.toString());
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the library cannot be unpacked into " + System.getProperty("java.io.tmpdir") + ": " + e
                    + "; it needs a folder that may be written");
        } catch (IllegalCallerException _) {
            return Optional.of("this JVM forbids native access (--illegal-native-access=deny); allow it to "
                    + (HookLibrary.class.getModule().isNamed()
                            ? HookLibrary.class.getModule().getName()
                            : "ALL-UNNAMED")
                    + " by --enable-native-access");
        } catch (UnsatisfiedLinkError | SecurityException e) {
            return Optional.of("the library cannot be loaded: " + e.getMessage());
        }
    }

    private static String architecture() {
        String architecture = System.getProperty("os.arch", "");
        return switch (architecture) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> architecture;
        };
    }
}

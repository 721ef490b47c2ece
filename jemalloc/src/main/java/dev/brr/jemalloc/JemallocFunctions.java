package dev.brr.jemalloc;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Maps jemalloc's non-standard functions, jemalloc(3), SYNOPSIS. {@code size_t} is 8 bytes: 64-bit only.
 *
 * <p>Nothing happens when the class is initialised; {@link #bind} must have been called before anything else is.
 */
final class JemallocFunctions {

    private JemallocFunctions() {}

    /** Receives the text that {@code malloc_stats_print} writes, piece by piece. */
    interface WriteCallback extends Callback {
        void write(@Nullable Pointer opaque, Pointer text);
    }

    /** Binds the functions to those of the process. Throws {@link UnsatisfiedLinkError} where one is missing. */
    static void bind(NativeLibrary process) {
        Native.register(JemallocFunctions.class, process);
    }

    static native int mallctlnametomib(String name, Pointer mib, Pointer mibLength);

    static native int mallctlbymib(
            Pointer mib,
            long mibLength,
            @Nullable Pointer old,
            @Nullable Pointer oldLength,
            @Nullable Pointer fresh,
            long freshLength);

    static native void malloc_stats_print(WriteCallback write, @Nullable Pointer opaque, String options);

    static String statsPrint(String options) {
        StringBuilder text = new StringBuilder();
        WriteCallback write = (opaque, piece) -> text.append(piece.getString(0, "US-ASCII"));
        malloc_stats_print(write, null, options);
        return text.toString();
    }
}

package dev.brr.jemalloc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks for jemalloc, once. */
final class JemallocProbe {

    private JemallocProbe() {}

    /** Initialised at the first question; {@link #look} fails with the JVM alone. */
    private static final class Holder {
        private static final Jemalloc FOUND = look();
    }

    static Jemalloc result() {
        return Holder.FOUND;
    }

    private static Jemalloc look() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return new Jemalloc.Absent(
                    Absence.UNSUPPORTED_PLATFORM, "jemalloc is looked for on Linux only, where LD_PRELOAD works.");
        }
        try {
            return lookWithJna();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error e) {
            // JNA throws one of no kind of its own where it finds another version's library.
            return withoutJna(e, facts());
        } catch (MallctlException e) {
            return refused(e);
        } catch (IOException | RuntimeException e) {
            return new Jemalloc.Absent(Absence.NO_NATIVE_ACCESS, "Looking for jemalloc failed: " + e);
        }
    }

    /** JNA's native part is for glibc and a dynamic loader: where these are missing, that is the reason. */
    static Jemalloc.Absent withoutJna(Error failure, Optional<ProcessFacts> facts) {
        return facts.flatMap(ProcessFacts::unsuited)
                .orElseGet(() -> new Jemalloc.Absent(Absence.NO_NATIVE_ACCESS, JnaFailure.explanation(failure)));
    }

    /** What exports mallctl() and does not answer to it as jemalloc does. */
    static Jemalloc.Absent refused(MallctlException failure) {
        return new Jemalloc.Absent(
                Absence.CONTROL_REFUSED,
                "jemalloc is in this process and %s. Is it jemalloc 5, and nothing else that exports mallctl?"
                        .formatted(failure.getMessage()));
    }

    private static Optional<ProcessFacts> facts() {
        try {
            return Optional.of(ProcessFacts.read(false));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Jemalloc lookWithJna() throws IOException {
        JnaLibrary.load();
        if (Native.SIZE_T_SIZE != Long.BYTES) {
            return new Jemalloc.Absent(Absence.UNSUPPORTED_PLATFORM, "This is a 32-bit process; 64 bits are needed.");
        }
        NativeLibrary process = NativeLibrary.getProcess();
        Optional<Pointer> mallctl = symbol(process, "mallctl");
        if (mallctl.isEmpty()) {
            return ProcessFacts.read(symbol(process, "je_mallctl").isPresent()).absence();
        }
        Optional<String> otherAllocator = otherAllocator(process, mallctl.get());
        if (otherAllocator.isPresent()) {
            return new Jemalloc.Absent(
                    Absence.NOT_THE_ALLOCATOR,
                    "jemalloc is loaded, but malloc is that of %s. Name libjemalloc.so.2 first in LD_PRELOAD."
                            .formatted(otherAllocator.get()));
        }
        JemallocFunctions.bind(process);
        Mallctl controls = new Mallctl();
        return controls.readBoolean("config.stats")
                ? new Jemalloc.Loaded(controls)
                : new Jemalloc.Absent(
                        Absence.NO_STATS, "This build of jemalloc has no statistics; use one without --disable-stats.");
    }

    /** Returns the file that {@code malloc} is in, if it is not the one that {@code mallctl} is in. */
    private static Optional<String> otherAllocator(NativeLibrary process, Pointer mallctl) throws IOException {
        ProcessMaps maps = ProcessMaps.parse(Files.readString(Path.of("/proc/self/maps")));
        Optional<String> jemalloc = maps.fileAt(Pointer.nativeValue(mallctl));
        return symbol(process, "malloc")
                .flatMap(malloc -> maps.fileAt(Pointer.nativeValue(malloc)))
                .filter(file -> !file.equals(jemalloc.orElse(file)));
    }

    private static Optional<Pointer> symbol(NativeLibrary process, String name) {
        try {
            return Optional.of(process.getGlobalVariableAddress(name));
        } catch (UnsatisfiedLinkError absent) {
            return Optional.empty();
        }
    }
}

package dev.brr.jemalloc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds what decides why jemalloc is not there.
 *
 * @param preload the environment's {@code LD_PRELOAD}, or null
 * @param maps the files mapped into the process
 * @param secureExecution whether the kernel told the loader to distrust the environment ({@code AT_SECURE})
 * @param prefixedSymbol whether {@code je_mallctl} can be found
 */
record ProcessFacts(@Nullable String preload, ProcessMaps maps, boolean secureExecution, boolean prefixedSymbol) {

    private static final Pattern JEMALLOC = Pattern.compile("jemalloc");
    private static final Pattern MUSL_LOADER = Pattern.compile("^ld-musl-|^libc\\.musl-");
    private static final Pattern LOADER = Pattern.compile("^ld[-.0-9a-z_]*\\.so(\\.|$)|^ld-linux");

    private static final long AT_NULL = 0;
    private static final long AT_SECURE = 23;

    /** Reads the facts of this process. */
    static ProcessFacts read(boolean prefixedSymbol) throws IOException {
        return new ProcessFacts(
                System.getenv("LD_PRELOAD"),
                ProcessMaps.parse(Files.readString(Path.of("/proc/self/maps"))),
                kernelDistrustsTheEnvironment(),
                prefixedSymbol);
    }

    /**
     * Decides why jemalloc's functions cannot be found.
     *
     * <p>Secure execution comes before a look at {@code LD_PRELOAD}, for the loader takes it out of the environment.
     */
    Jemalloc.Absent absence() {
        return unsuited().orElseGet(this::notLoaded);
    }

    /** Decides whether no library that is built for glibc can be loaded into the process at all. */
    Optional<Jemalloc.Absent> unsuited() {
        if (maps.file(MUSL_LOADER).isPresent()) {
            return Optional.of(new Jemalloc.Absent(
                    Absence.MUSL,
                    "This process runs on musl; Debian's jemalloc is built for glibc. Use a glibc base image, or the"
                            + " distribution's own jemalloc."));
        }
        if (maps.file(LOADER).isEmpty()) {
            return Optional.of(new Jemalloc.Absent(
                    Absence.STATIC_BINARY,
                    "The executable is statically linked, and nothing reads LD_PRELOAD. Link it dynamically, or link"
                            + " jemalloc into it."));
        }
        return Optional.empty();
    }

    private Jemalloc.Absent notLoaded() {
        if (secureExecution) {
            return new Jemalloc.Absent(
                    Absence.SECURE_EXECUTION,
                    "The executable has file capabilities or another identity than its caller, so the loader ignored"
                            + " LD_PRELOAD. Remove the capability (getcap, setcap -r) and use a port above 1023.");
        }
        return prefixedSymbol ? prefixed() : notPreloaded();
    }

    private Jemalloc.Absent prefixed() {
        return new Jemalloc.Absent(
                Absence.PREFIXED_BUILD,
                "%s exports je_mallctl: it was built with a prefix and replaces no malloc. Preload a build without one,"
                                .formatted(maps.file(JEMALLOC).orElse("A library of this process"))
                        + " such as Debian's libjemalloc2.");
    }

    private Jemalloc.Absent notPreloaded() {
        String named = preload == null ? "" : preload;
        if (!namesJemalloc(named)) {
            return new Jemalloc.Absent(
                    Absence.NOT_PRELOADED,
                    "LD_PRELOAD is %s. Start the process with LD_PRELOAD=libjemalloc.so.2."
                            .formatted(named.isEmpty() ? "not set" : "\"" + named + "\" and names no jemalloc"));
        }
        Optional<String> mapped = maps.file(JEMALLOC);
        return mapped.isPresent()
                ? new Jemalloc.Absent(
                        Absence.PREFIXED_BUILD,
                        mapped.get() + " is loaded but exports no mallctl. Preload a build without a prefix, such as"
                                + " Debian's libjemalloc2.")
                : new Jemalloc.Absent(
                        Absence.LIBRARY_NOT_FOUND,
                        ("LD_PRELOAD is \"%s\", but the loader could not load it and went on without. Is the file there,"
                                        + " and for this machine? With libjemalloc2 installed, libjemalloc.so.2 will do.")
                                .formatted(named));
    }

    /** Entries are parted by blanks or colons, ld.so(8); a folder's name says nothing of the library. */
    private static boolean namesJemalloc(String preload) {
        return Pattern.compile("[ :]")
                .splitAsStream(preload)
                .map(entry -> entry.substring(entry.lastIndexOf('/') + 1))
                .anyMatch(file -> JEMALLOC.matcher(file).find());
    }

    /** Finds {@code AT_SECURE} in an auxiliary vector, getauxval(3): pairs of 8-byte words in the machine's order. */
    static boolean secureExecution(byte[] auxiliaryVector) {
        ByteBuffer words = ByteBuffer.wrap(auxiliaryVector).order(ByteOrder.nativeOrder());
        while (words.remaining() >= 2 * Long.BYTES) {
            long type = words.getLong();
            long value = words.getLong();
            if (type == AT_SECURE) {
                return value != 0;
            }
            if (type == AT_NULL) {
                return false;
            }
        }
        return false;
    }

    /**
     * Reads the auxiliary vector. The kernel gives it to root alone where it distrusts the environment, proc(5), so that
     * a vector which cannot be read says the same as one with {@code AT_SECURE}.
     */
    private static boolean kernelDistrustsTheEnvironment() throws IOException {
        try {
            return secureExecution(Files.readAllBytes(Path.of("/proc/self/auxv")));
        } catch (AccessDeniedException notDumpable) {
            return true;
        }
    }
}

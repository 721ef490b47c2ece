package dev.brr.jemalloc;

import java.util.Locale;

/** Names the reasons for which a process runs without a usable jemalloc. */
public enum Absence {
    /** {@code LD_PRELOAD} names no jemalloc. */
    NOT_PRELOADED,
    /** {@code LD_PRELOAD} names one, but the loader did not find or could not load it, and went on without. */
    LIBRARY_NOT_FOUND,
    /** File capabilities, set-user-ID or a security module: the loader does not trust {@code LD_PRELOAD}. */
    SECURE_EXECUTION,
    /** The executable has no dynamic loader, which is what reads {@code LD_PRELOAD}. */
    STATIC_BINARY,
    /** The process runs on musl, for which a jemalloc built for glibc does not fit. */
    MUSL,
    /** The build's functions carry a prefix ({@code je_mallctl}), so that it does not replace {@code malloc}. */
    PREFIXED_BUILD,
    /** jemalloc is in the process, but {@code malloc} is another library's. */
    NOT_THE_ALLOCATOR,
    /** The build has no statistics ({@code --disable-stats}). */
    NO_STATS,
    /** jemalloc is in the process, but refuses one of the controls that it is asked by. */
    CONTROL_REFUSED,
    /** JNA could not load its native part. */
    NO_NATIVE_ACCESS,
    /** Not a 64-bit Linux. */
    UNSUPPORTED_PLATFORM;

    /** Returns the reason as the value of a metric's tag: {@code not_preloaded}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}

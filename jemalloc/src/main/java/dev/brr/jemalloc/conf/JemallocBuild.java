package dev.brr.jemalloc.conf;

/**
 * Tells what differs between the builds of Debian's {@code libjemalloc2} 5.3.0-1, as the libraries themselves say
 * ({@code config.prof}, {@code arenas.page}).
 */
public enum JemallocBuild {
    /** Profiling compiled in, pages of 4 KiB. */
    AMD64("amd64", true),
    /** Without profiling, for kernels with pages of up to 64 KiB. */
    ARM64("arm64", false);

    private final String architecture;
    private final boolean profiling;

    JemallocBuild(String architecture, boolean profiling) {
        this.architecture = architecture;
        this.profiling = profiling;
    }

    /** Returns the build for an architecture as images spell it; that of amd64 for any that is not arm64. */
    public static JemallocBuild of(String architecture) {
        return ARM64.architecture.equals(architecture) ? ARM64 : AMD64;
    }

    /** Returns the architecture as images spell it. */
    public String architecture() {
        return architecture;
    }

    /** Says whether it knows an option: with {@code abort_conf:true} an unknown one ends the process at its start. */
    public boolean knows(String option) {
        return profiling || !(option.equals("prof") || option.startsWith("prof_") || option.startsWith("lg_prof_"));
    }
}

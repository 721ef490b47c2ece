package dev.brr.runtime.profiling;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.jemalloc.profile.HeapProfiler;
import dev.brr.jemalloc.profile.JavaFrames;

/** Says what is known of the memory of this process, best first; where one cannot be had, the next one stands in. */
enum ProfileSource {
    /** Profiles whose stacks have Java frames. */
    JAVA_FRAMES("java-frames"),
    /** Profiles as jemalloc makes them: stacks of native frames, which end where Java begins. */
    NATIVE_FRAMES("native-frames"),
    /** No profiles: what jemalloc counts. */
    STATISTICS("statistics"),
    /** Not even that: there is no jemalloc. */
    NONE("none");

    static final String HEADER = "X-Heap-Profile-Source";

    private final String term;

    ProfileSource(String term) {
        this.term = term;
    }

    String term() {
        return term;
    }

    /** Tells the source where profiles can be taken. */
    static ProfileSource of(HeapProfiler profiler) {
        return switch (profiler.frames()) {
            case JavaFrames.Hooked _ -> JAVA_FRAMES;
            case JavaFrames.NotYet _, JavaFrames.Missing _ -> NATIVE_FRAMES;
        };
    }

    /** Tells the source where they cannot. */
    static ProfileSource without(Jemalloc jemalloc) {
        return switch (jemalloc) {
            case Jemalloc.Loaded _ -> STATISTICS;
            case Jemalloc.Absent _ -> NONE;
        };
    }
}

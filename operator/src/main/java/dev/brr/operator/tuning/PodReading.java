package dev.brr.operator.tuning;

import java.util.Map;

/** Tells what the process of one pod says of its allocator. */
public sealed interface PodReading {

    /** jemalloc serves the process, with these options as {@code opt.*} reports them. */
    record Loaded(Map<String, String> effective) implements PodReading {
        /** Copies the options. */
        public Loaded {
            effective = Map.copyOf(effective);
        }
    }

    /** The process runs without jemalloc; the explanation says why. */
    record Absent(String explanation) implements PodReading {}

    /** The pod could not be asked; it is asked again. */
    record Unread(String problem) implements PodReading {}
}

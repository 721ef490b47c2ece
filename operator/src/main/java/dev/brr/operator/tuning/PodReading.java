package dev.brr.operator.tuning;

import dev.brr.api.v1alpha1.MemoryMeasure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what the process of one pod says of its allocator. */
public sealed interface PodReading {

    /**
     * jemalloc serves the process.
     *
     * @param effective its options as {@code opt.*} reports them
     * @param hungriest the operation with the most native memory, where the process has counted any
     */
    record Loaded(Map<String, String> effective, @Nullable Hungriest hungriest) implements PodReading {
        /** Copies the options. */
        public Loaded {
            effective = Map.copyOf(effective);
        }
    }

    /**
     * Names an operation and its native memory.
     *
     * @param operationId the operation
     * @param measure what the bytes are of
     * @param bytes how many
     */
    record Hungriest(String operationId, MemoryMeasure measure, long bytes) {}

    /** The process runs without jemalloc; the explanation says why. */
    record Absent(String explanation) implements PodReading {}

    /** The pod could not be asked; it is asked again. */
    record Unread(String problem) implements PodReading {}
}

package dev.brr.jemalloc.profile;

import java.util.List;

/**
 * Holds what a {@code heap_v2} dump says, as it says it.
 *
 * @param sampleBytes the mean number of bytes between samples ({@code lg_prof_sample} to the power of two)
 * @param samples one for each distinct stack
 * @param mappings the lines below {@code MAPPED_LIBRARIES}, which are those of proc_pid_maps(5)
 */
record HeapSamples(long sampleBytes, List<Sample> samples, List<String> mappings) {

    HeapSamples {
        samples = List.copyOf(samples);
        mappings = List.copyOf(mappings);
    }

    /**
     * What was allocated on one stack and is not freed.
     *
     * @param words the stack, innermost first: addresses, and words of {@code brr_prof_hook.c}
     * @param objects sampled allocations
     * @param bytes their bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sample(long[] words, long objects, long bytes) {

        /**
         * Estimates the bytes in use: an allocation of the mean size was sampled with the probability 1 - e^(-size/mean),
         * so each stands for the inverse of that.
         */
        double estimatedBytes(long sampleBytes) {
            return bytes * scale(sampleBytes);
        }

        /** Estimates the objects in use. */
        double estimatedObjects(long sampleBytes) {
            return objects * scale(sampleBytes);
        }

        private double scale(long sampleBytes) {
            if (objects == 0) {
                return 0;
            }
            double size = (double) bytes / objects;
            return sampleBytes <= 1 ? 1 : -1 / Math.expm1(-size / sampleBytes);
        }
    }
}

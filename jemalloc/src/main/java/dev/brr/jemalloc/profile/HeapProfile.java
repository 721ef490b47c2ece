package dev.brr.jemalloc.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Holds what is allocated and not freed, by stack, as estimated from samples; or the difference of two such.
 *
 * @param taken when
 * @param sampleBytes the mean number of bytes between samples
 * @param resets how often the process had forgotten all samples before ({@link HeapProfiler#reset()})
 * @param stacks by falling bytes
 */
public record HeapProfile(Instant taken, long sampleBytes, long resets, List<Stack> stacks) {

    /** Is one of a process that has never forgotten its samples. */
    public HeapProfile(Instant taken, long sampleBytes, List<Stack> stacks) {
        this(taken, sampleBytes, 0, stacks);
    }

    /** Sorts and copies. */
    public HeapProfile {
        stacks = stacks.stream()
                .sorted((a, b) -> Long.compare(Math.abs(b.bytes()), Math.abs(a.bytes())))
                .toList();
    }

    /**
     * What one stack holds.
     *
     * @param frames innermost first
     * @param operation the operationId on whose behalf it was allocated; empty where there was none
     * @param bytes in use, as jemalloc rounds them up to size classes
     * @param objects in use
     */
    public record Stack(List<StackFrame> frames, String operation, long bytes, long objects) {

        /** Copies. */
        public Stack {
            frames = List.copyOf(frames);
        }
    }

    /** Returns the bytes of all stacks. */
    public long bytes() {
        return stacks.stream().mapToLong(Stack::bytes).sum();
    }

    /** Returns bytes and objects by what a stack is grouped under, by falling bytes. */
    public List<Share> by(Function<Stack, String> group) {
        Map<String, long[]> sums = new HashMap<>();
        for (Stack stack : stacks) {
            long[] sum = sums.computeIfAbsent(group.apply(stack), _ -> new long[2]);
            sum[0] += stack.bytes();
            sum[1] += stack.objects();
        }
        return sums.entrySet().stream()
                .map(entry -> new Share(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                .sorted((a, b) -> a.bytes() == b.bytes()
                        ? a.name().compareTo(b.name())
                        : Long.compare(Math.abs(b.bytes()), Math.abs(a.bytes())))
                .toList();
    }

    /** What belongs to one name. */
    public record Share(String name, long bytes, long objects) {}

    /** Says whether no samples were forgotten between this profile and another one, so that they can be compared. */
    public boolean isComparableTo(HeapProfile other) {
        return resets == other.resets;
    }

    /**
     * Returns what has come since an earlier profile: negative where memory was freed, without what stayed the same.
     *
     * @throws IllegalArgumentException when samples were forgotten between the two: that would look like memory freed
     */
    public HeapProfile since(HeapProfile earlier) {
        if (!isComparableTo(earlier)) {
            throw new IllegalArgumentException(
                    "all samples were forgotten between the profiles of %s and %s".formatted(earlier.taken, taken));
        }
        Map<Key, long[]> sums = new HashMap<>();
        stacks.forEach(stack -> add(sums, stack, 1));
        earlier.stacks.forEach(stack -> add(sums, stack, -1));
        List<Stack> differences = new ArrayList<>();
        sums.forEach((key, sum) -> {
            if (sum[0] != 0 || sum[1] != 0) {
                differences.add(new Stack(key.frames(), key.operation(), sum[0], sum[1]));
            }
        });
        return new HeapProfile(taken, sampleBytes, resets, differences);
    }

    private record Key(List<StackFrame> frames, String operation) {}

    private static void add(Map<Key, long[]> sums, Stack stack, int sign) {
        long[] sum = sums.computeIfAbsent(new Key(stack.frames(), stack.operation()), _ -> new long[2]);
        sum[0] += sign * stack.bytes();
        sum[1] += sign * stack.objects();
    }

    /** Puts a profile together from a dump's samples. */
    static HeapProfile of(HeapSamples samples, FrameNames names, Instant taken, long resets) {
        Map<Key, long[]> sums = new HashMap<>();
        for (HeapSamples.Sample sample : samples.samples()) {
            FrameNames.NamedStack named = names.name(sample.words());
            add(
                    sums,
                    new Stack(
                            named.frames(),
                            named.operation(),
                            Math.round(sample.estimatedBytes(samples.sampleBytes())),
                            Math.round(sample.estimatedObjects(samples.sampleBytes()))),
                    1);
        }
        return new HeapProfile(
                taken,
                samples.sampleBytes(),
                resets,
                sums.entrySet().stream()
                        .filter(entry -> entry.getValue()[0] != 0)
                        .map(entry -> new Stack(
                                entry.getKey().frames(),
                                entry.getKey().operation(),
                                entry.getValue()[0],
                                entry.getValue()[1]))
                        .toList());
    }
}

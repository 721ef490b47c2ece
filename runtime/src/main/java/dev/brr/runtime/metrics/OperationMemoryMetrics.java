package dev.brr.runtime.metrics;

import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.jemalloc.profile.OperationMemory;
import dev.brr.jemalloc.profile.ProfiledOperation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Meters what operations allocate, and what they hold as the last heap profile has it.
 *
 * <p>What cannot be right is not metered: nothing until {@link #count} found that bytes can be counted, no Java bytes
 * where the JVM does not tell them, nothing in use before there is a profile.
 */
public final class OperationMemoryMetrics {
    private final MeterRegistry registry;
    private final Map<String, ProfiledOperation> counted = new ConcurrentHashMap<>();
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();
    private volatile boolean counts;
    private volatile boolean countsJava;
    private volatile Map<String, Long> inUse = Map.of();
    private volatile Optional<HungriestOperation> hungriest = Optional.empty();

    OperationMemoryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Has the bytes counted that operations allocate, from now on; returns why they are not, if so. */
    public Optional<String> count() {
        return switch (OperationMemory.count()) {
            case OperationMemory.Missing(String reason) -> Optional.of(reason);
            case OperationMemory.Counting(boolean java) -> {
                counts = true;
                countsJava = java;
                unfollowed();
                yield Optional.empty();
            }
        };
    }

    /** Meters an operation, if bytes are counted. */
    public void follow(ProfiledOperation operation) {
        if (!counts || counted.putIfAbsent(operation.operationId(), operation) != null) {
            return;
        }
        counter(
                "brr.handler.native.allocated",
                "Native memory that jemalloc gave to threads while they worked for the operation",
                operation,
                ProfiledOperation::nativeAllocatedBytes);
        if (countsJava) {
            counter(
                    "brr.handler.java.allocated",
                    "Java objects that threads made while they worked for the operation, with the stacks and timers of their"
                            + " parks",
                    operation,
                    ProfiledOperation::javaAllocatedBytes);
        }
    }

    /** Meters what the profile says is in use, by operation. */
    public void profiled(HeapProfile profile) {
        inUse = profile.stacks().stream()
                .filter(stack -> !stack.operation().isEmpty())
                .collect(Collectors.groupingBy(
                        HeapProfile.Stack::operation, Collectors.summingLong(HeapProfile.Stack::bytes)));
        inUse.keySet().forEach(operation -> gauges.computeIfAbsent(operation, this::gauge));
    }

    /**
     * Says what the operation has allocated since the start.
     *
     * @param nativeBytes what jemalloc gave
     * @param javaBytes what the JVM gave; null where it does not tell
     */
    public record Allocated(long nativeBytes, @Nullable Long javaBytes) {}

    /** Returns what each operation that is followed has allocated; empty where that is not counted. */
    public Map<String, Allocated> allocated() {
        return counted.values().stream()
                .collect(Collectors.toMap(
                        ProfiledOperation::operationId,
                        operation -> new Allocated(
                                operation.nativeAllocatedBytes(), countsJava ? operation.javaAllocatedBytes() : null)));
    }

    /** Names the operation that holds most; where no profile tells, the one that has allocated most native memory. */
    public Optional<HungriestOperation> hungriest() {
        Map<String, Long> held = inUse;
        Optional<HungriestOperation> next = held.isEmpty()
                ? HungriestOperation.of(HungriestOperation.Measure.ALLOCATED, allocated(counted.values()), hungriest)
                : HungriestOperation.of(HungriestOperation.Measure.IN_USE, held, hungriest);
        hungriest = next;
        return next;
    }

    private static Map<String, Long> allocated(Collection<ProfiledOperation> operations) {
        return operations.stream()
                .collect(Collectors.toMap(
                        ProfiledOperation::operationId, ProfiledOperation::nativeAllocatedBytes, Math::max));
    }

    private void counter(
            String name, String description, ProfiledOperation operation, ToDoubleFunction<ProfiledOperation> bytes) {
        FunctionCounter.builder(name, operation, bytes)
                .description(description)
                .baseUnit("bytes")
                .tag("operation", operation.operationId())
                .register(registry);
    }

    private void unfollowed() {
        FunctionCounter.builder("brr.handler.unfollowed.calls", this, _ -> ProfiledOperation.unfollowedCalls())
                .description(
                        "Calls of operations whose virtual thread could not be followed: their memory is counted for none")
                .register(registry);
    }

    private Gauge gauge(String operation) {
        return Gauge.builder("brr.handler.native.inuse", () -> inUse.getOrDefault(operation, 0L))
                .description("Native memory in use that was allocated for the operation, by the last heap profile")
                .baseUnit("bytes")
                .tag("operation", operation)
                .register(registry);
    }
}

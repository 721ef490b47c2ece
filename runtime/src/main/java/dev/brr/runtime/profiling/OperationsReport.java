package dev.brr.runtime.profiling;

import dev.brr.jemalloc.profile.HeapProfile;
import dev.brr.runtime.contract.Json;
import dev.brr.runtime.dispatch.Reply;
import dev.brr.runtime.metrics.OperationMemoryMetrics.Allocated;
import dev.brr.runtime.profiling.ProfileFormat.Grouping;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers {@code /debug/heap/operations}: what each operation holds, as a profile has it, and what it has allocated. */
final class OperationsReport {
    private static final String JSON = "application/json";

    private OperationsReport() {}

    /** An operation and its bytes; null is what is not known. */
    private record Entry(
            String operationId,
            @Nullable Long inUse,
            @Nullable Allocated allocated) {
        long held() {
            return inUse == null ? 0 : inUse;
        }

        long taken() {
            return allocated == null ? 0 : allocated.nativeBytes();
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("operationId", operationId);
            if (inUse != null) {
                fields.put("inUseBytes", inUse);
            }
            if (allocated != null) {
                fields.put("nativeAllocatedBytes", allocated.nativeBytes());
                Long java = allocated.javaBytes();
                if (java != null) {
                    fields.put("javaAllocatedBytes", java);
                }
            }
            return fields;
        }
    }

    /** Answers with a profile: its fields, grouped by operation, and the operations. */
    static Reply of(Map<String, Allocated> allocated, HeapProfile profile, ProfileSource source) {
        Map<String, Object> answer =
                new LinkedHashMap<>(ProfileFormat.fields(Grouping.OPERATION.group(profile), source));
        answer.put("operations", entries(allocated, source == ProfileSource.JAVA_FRAMES ? profile : null));
        return reply(answer, source);
    }

    /**
     * Answers where no profile can be had.
     *
     * @param reason why not
     */
    static Reply withoutProfile(Map<String, Allocated> allocated, ProfileSource instead, String reason) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("source", instead.term());
        answer.put("reason", reason);
        answer.put("operations", entries(allocated, null));
        return reply(answer, instead);
    }

    private static Reply reply(Map<String, Object> answer, ProfileSource source) {
        return Reply.of(200, JSON, Json.MAPPER.writeValueAsBytes(answer)).with(ProfileSource.HEADER, source.term());
    }

    /** By falling bytes in use, and allocated where that is the same. */
    private static List<Map<String, Object>> entries(Map<String, Allocated> allocated, @Nullable HeapProfile profile) {
        Map<String, Long> inUse = profile == null
                ? Map.of()
                : profile.stacks().stream()
                        .filter(stack -> !stack.operation().isEmpty())
                        .collect(Collectors.groupingBy(
                                HeapProfile.Stack::operation, Collectors.summingLong(HeapProfile.Stack::bytes)));
        TreeSet<String> names = new TreeSet<>(allocated.keySet());
        names.addAll(inUse.keySet());
        return names.stream()
                .map(name ->
                        new Entry(name, profile == null ? null : inUse.getOrDefault(name, 0L), allocated.get(name)))
                .sorted(Comparator.comparingLong(Entry::held)
                        .thenComparingLong(Entry::taken)
                        .reversed())
                .map(Entry::fields)
                .toList();
    }
}

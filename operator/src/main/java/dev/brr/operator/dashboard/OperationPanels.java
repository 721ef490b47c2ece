package dev.brr.operator.dashboard;

import static dev.brr.operator.dashboard.Target.series;

import java.util.List;

/** Shows which operations allocate memory, and which hold it. */
final class OperationPanels {

    private OperationPanels() {}

    static Row row() {
        return new Row("Memory by operation", List.of(inUse(), nativeAllocation(), javaAllocation()));
    }

    private static Panel inUse() {
        return Panel.graph(
                "Native memory in use by operation",
                Unit.BYTES,
                "Native memory that was allocated for an operation and not freed yet, by the last heap profile of each "
                        + "pod. Empty until sampling is switched on; then a profile is taken each minute. An operation "
                        + "that only grows leaks.",
                series(most("brr_handler_native_inuse_bytes{SERVICE}"), "{{operation}}"));
    }

    private static Panel nativeAllocation() {
        return Panel.graph(
                "Native allocation by operation",
                Unit.BYTES_PER_SECOND,
                "Native memory that threads took from jemalloc while they worked for an operation, freed or not. What "
                        + "an operation has other threads do is not in it.",
                series(
                        most("rate(brr_handler_native_allocated_bytes_total{SERVICE}[$__rate_interval])"),
                        "{{operation}}"));
    }

    private static Panel javaAllocation() {
        return Panel.graph(
                "Java allocation by operation",
                Unit.BYTES_PER_SECOND,
                "Java objects that threads made while they worked for an operation. The more of them, the more often "
                        + "garbage is collected.",
                series(
                        most("rate(brr_handler_java_allocated_bytes_total{SERVICE}[$__rate_interval])"),
                        "{{operation}}"));
    }

    private static String most(String expression) {
        return Fallback.zeroBytes("topk(10, sum by (operation) (%s))".formatted(expression), "operation", "none");
    }
}

package dev.brr.operator.brrservice;

import io.javaoperatorsdk.operator.AggregatedOperatorException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in one sentence each which objects could not be applied, and why. */
final class ApplyFailure {

    private ApplyFailure() {}

    /** Returns what went wrong, without stack traces, in an order that does not change. */
    static String message(Exception error) {
        return error instanceof AggregatedOperatorException many
                ? many.getAggregatedExceptions().entrySet().stream()
                        .sorted(Comparator.comparing(Map.Entry::getKey))
                        .map(failed -> failed.getKey() + ": " + one(failed.getValue()))
                        .collect(Collectors.joining("; "))
                : one(error);
    }

    private static String one(Throwable error) {
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }
}

package dev.brr.operator.brrservice;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in one sentence each which objects could not be applied, and why. */
final class ApplyFailure {

    private static final int CONFLICT = 409;
    // Objects are created only where there is none of their name: what others made is not taken over.
    private static final String TAKEN =
            " (where an object of that name is there that is not this service's, delete it or name one of both otherwise)";

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
        var message = error.getMessage() == null ? error.toString() : error.getMessage();
        return error instanceof KubernetesClientException refused && refused.getCode() == CONFLICT
                ? message + TAKEN
                : message;
    }
}

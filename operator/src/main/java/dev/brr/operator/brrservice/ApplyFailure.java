package dev.brr.operator.brrservice;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in one sentence each which objects could not be applied, and why. */
final class ApplyFailure {

    private static final int CONFLICT = 409;
    private static final String DEPENDENT = "DependentResource";
    // Objects are created only where there is none of their name: what others made is not taken over.
    private static final String TAKEN =
            " (where an object of that name is there that is not this service's, delete it or name one of both otherwise)";

    private ApplyFailure() {}

    /**
     * Returns what went wrong, without stack traces, in an order that does not change. The framework wraps what several
     * objects met with, and writes their stack traces into its own message.
     */
    static String message(Exception error) {
        return Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause)
                .filter(AggregatedOperatorException.class::isInstance)
                .map(AggregatedOperatorException.class::cast)
                .findFirst()
                .map(many -> many.getAggregatedExceptions().entrySet().stream()
                        .sorted(Comparator.comparing(Map.Entry::getKey))
                        .map(failed -> kind(failed.getKey()) + ": " + one(failed.getValue()))
                        .collect(Collectors.joining("; ")))
                .orElseGet(() -> one(error));
    }

    /** Returns the kind of object by the name of the class that applies it, e.g. Service. */
    private static String kind(String dependent) {
        var name = dependent.substring(dependent.lastIndexOf('.') + 1);
        return name.endsWith(DEPENDENT) ? name.substring(0, name.length() - DEPENDENT.length()) : name;
    }

    /** The API server's answer goes before what the client says of its request. */
    private static String one(Throwable error) {
        if (error instanceof KubernetesClientException refused) {
            var answer = Optional.ofNullable(refused.getStatus())
                    .map(Status::getMessage)
                    .orElseGet(() -> words(refused));
            return refused.getCode() == CONFLICT ? answer + TAKEN : answer;
        }
        return words(error);
    }

    private static String words(Throwable error) {
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }
}

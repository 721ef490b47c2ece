package dev.brr.runtime.contract;

import java.util.List;
import java.util.stream.Collectors;

/** Puts into words what was read of a request. */
final class Shown {
    private Shown() {}

    /** Where values depart from the document, in the order in which they were found: {@code /a type, /b minimum}. */
    static String violations(List<Violation> violations) {
        return violations.stream().map(Shown::violation).collect(Collectors.joining(", "));
    }

    /** The same, each once and in the order of the alphabet; "ok" where there is none. */
    static String each(List<Violation> violations) {
        return violations.isEmpty()
                ? "ok"
                : violations.stream().map(Shown::violation).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static String violation(Violation violation) {
        return violation.pointer() + " " + violation.keyword();
    }

    /** The values of parameters, or where they depart from the document. */
    static String parameters(OperationParameters.Outcome outcome) {
        return outcome.violations().isEmpty()
                ? outcome.values().stream()
                        .map(value -> value.value().toString())
                        .collect(Collectors.joining(" "))
                : violations(outcome.violations());
    }

    /** The value of a body, or where it departs from the document. */
    static String body(BodyReader.Outcome outcome) {
        return outcome.violations().isEmpty()
                ? outcome.body().tree().orElseThrow().toString()
                : violations(outcome.violations());
    }
}

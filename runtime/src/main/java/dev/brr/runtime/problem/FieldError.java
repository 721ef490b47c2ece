package dev.brr.runtime.problem;

import dev.brr.runtime.contract.Violation;
import java.util.List;

/** The word that {@code fields} has for a violation of a parameter. */
final class FieldError {
    private static final List<String> TYPES = List.of("integer", "number", "boolean");

    private FieldError() {}

    /** Gives {@code expected_integer} and its like for a wrong type, and the keyword for all else. */
    static String of(Violation violation) {
        if (violation.keyword().equals("type")) {
            for (String type : TYPES) {
                if (violation.message().contains(type + " expected")) {
                    return "expected_" + type;
                }
            }
        }
        return violation.keyword();
    }
}

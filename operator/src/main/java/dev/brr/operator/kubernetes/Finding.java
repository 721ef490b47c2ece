package dev.brr.operator.kubernetes;

/** States one condition, before time and generation are stamped on it. */
public record Finding(ConditionType type, Status status, Reason reason, String message) {

    /** States that a condition holds. */
    public static Finding holds(ConditionType type, Reason reason, String message) {
        return new Finding(type, Status.True, reason, message);
    }

    /** States that a condition does not hold and will not without somebody's doing. */
    public static Finding fails(ConditionType type, Reason reason, String message) {
        return new Finding(type, Status.False, reason, message);
    }

    /** States that a condition cannot be told yet. */
    public static Finding pends(ConditionType type, Reason reason, String message) {
        return new Finding(type, Status.Unknown, reason, message);
    }

    /** Says whether the condition holds. */
    public boolean isTrue() {
        return status == Status.True;
    }
}

package dev.brr.operator.config;

/** Refuses a setting; the message begins with the variable's name and says what it has to be. */
public final class OperatorConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OperatorConfigException(String variable, String problem) {
        super(variable + " " + problem);
    }

    OperatorConfigException(String variable, String problem, Throwable cause) {
        super(variable + " " + problem, cause);
    }
}

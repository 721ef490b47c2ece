package dev.brr.operator.build;

import java.io.IOException;

/** Says that a base image cannot carry a service, why, and what to do; trying again is of no use until it changes. */
public final class RefusedBaseException extends IOException {

    private static final long serialVersionUID = 1;

    private final String reason;

    /** Creates it with a message for people. */
    public RefusedBaseException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Returns the message. */
    public String reason() {
        return reason;
    }
}

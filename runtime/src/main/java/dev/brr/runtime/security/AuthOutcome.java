package dev.brr.runtime.security;

import java.util.List;

/** Whether a request is let in. */
public sealed interface AuthOutcome {

    /** The request is let in. */
    record Granted() implements AuthOutcome {}

    /**
     * The request shows nothing that any alternative accepts.
     *
     * @param challenges what to send as {@code WWW-Authenticate}, one for each scheme that failed
     */
    record Denied(List<String> challenges) implements AuthOutcome {}
}
